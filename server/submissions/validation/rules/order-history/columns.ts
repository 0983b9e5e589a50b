import type { Column } from '../../types.ts';
import { optional, required } from '../common/columnOf.ts';

/** A file of events (Algolia) has these instead of an order and its amounts. */
const eventInstead = { oneOf: ['event_type'] };
const personal = { isPersonal: true };

/** What no recommendation needs: found by its header, so that the finding can say which column goes. */
export const personalColumns: readonly Column[] = [
  optional(
    'first_name',
    'firstname given_name vorname prenom prénom nombre nome voornaam imie customer_first_name billing_first_name shipping_first_name',
    personal,
  ),
  optional(
    'last_name',
    'lastname surname family_name nachname nom apellido apellidos cognome achternaam nazwisko customer_last_name billing_last_name shipping_last_name',
    personal,
  ),
  optional(
    'full_name',
    'name customer_name client_name kundenname nom_client recipient billing_name shipping_name buyer buyer_name',
    personal,
  ),
  optional(
    'street',
    'address address1 address_1 street_address strasse straße adresse direccion indirizzo adres billing_address shipping_address billing_address1 shipping_address1 billing_street shipping_street',
    personal,
  ),
  optional('address2', 'address_2 billing_address2 shipping_address2 adresszusatz', personal),
  optional('postal_code', 'postcode zip zip_code plz code_postal billing_zip shipping_zip cap cp', personal),
  optional(
    'phone',
    'phone_number telephone mobile telefon telefonnummer telefono téléphone tel handy billing_phone shipping_phone customer_phone',
    personal,
  ),
  optional('birthday', 'birth_date date_of_birth dob geburtsdatum geburtstag date_de_naissance', personal),
  optional('ip_address', 'ip ip_adresse client_ip browser_ip customer_ip', personal),
  optional('card_number', 'credit_card credit_card_number cc_number pan kreditkarte kreditkartennummer', personal),
  optional('iban', 'bank_account kontonummer account_number', personal),
];

/** One row an order line, with the headers that shops and other channels write. */
export const columns: readonly Column[] = [
  required(
    'order',
    'order_id orderid order_number order_no order_ref bestellnummer bestell_nr auftragsnummer transaction_id increment_id numero_commande id_commande pedido ordine ordernummer',
    eventInstead,
  ),
  required(
    'item',
    'product_id productid item_id sku product_sku article artikelnummer artikel_nr variant_id objectid object_id lineitem_sku product_code product product_ref reference_produit',
  ),
  required(
    'timestamp',
    'date datetime order_date orderdate order_timestamp ordered_at created_at purchase_date purchased_at transaction_date datum bestelldatum date_commande fecha data time',
  ),
  required(
    'customer',
    'customer_id customerid user_id userid usertoken user_token client_id contact_id external_id kundennummer kunden_nr id_client visitor_id',
    { oneOf: ['email'], isPersonal: true },
  ),
  optional('email', 'email_address customer_email e_mail mail user_email kunden_email courriel', personal),
  required(
    'quantity',
    'qty amount_of_items units menge anzahl quantite quantité cantidad quantita aantal lineitem_quantity',
    eventInstead,
  ),
  required(
    'price',
    'total line_total total_price line_price row_total amount revenue sum gesamtpreis betrag montant total_line_price importe totale',
    eventInstead,
  ),
  optional('currency', 'currency_code waehrung währung devise moneda valuta'),
  optional('unit_price', 'price_per_unit item_price single_price einzelpreis stückpreis prix_unitaire lineitem_price'),
  optional('subtotal', 'sub_total zwischensumme'),
  optional('discount', 'discount_amount rabatt remise descuento lineitem_discount'),
  optional('tax', 'tax_amount taxes vat mwst tva iva steuer'),
  optional('shipping', 'shipping_cost shipping_amount versand versandkosten frais_de_port'),
  optional('coupon', 'coupon_code voucher voucher_code discount_code gutschein gutscheincode code_promo'),
  optional('type', 'status order_status order_type transaction_type financial_status bestellstatus statut'),
  optional('store_id', 'store shop_id shop filiale store_code'),
  optional('locale', 'language lang sprache langue'),
  optional('category', 'product_type categories kategorie product_category catégorie'),
  optional('event_type', 'eventtype'),
  optional('event_name', 'eventname'),
  ...personalColumns,
];
