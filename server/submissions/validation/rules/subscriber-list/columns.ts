import type { Column } from '../../types.ts';
import { optional, required } from '../common/columnOf.ts';

const personal = { isPersonal: true };

/** One row a person, with the headers that shops and senders write. */
export const columns: readonly Column[] = [
  required(
    'email',
    'email_address e_mail e_mail_address mail user_email subscriber_email courriel correo adresse_e_mail',
    {
      ...personal,
      oneOf: ['phone'],
    },
  ),
  optional(
    'phone',
    'phone_number telephone mobile mobile_number mobile_phone cell telefon telefonnummer telefono téléphone handy sms sms_number',
    personal,
  ),
  optional(
    'consent_email',
    'email_consent email_marketing_consent accepts_marketing accepts_email_marketing email_opt_in optin opt_in newsletter subscribed consent einwilligung email_permission marketing_consent email_marketing',
  ),
  optional(
    'consent_sms',
    'sms_consent sms_marketing_consent accepts_sms_marketing sms_opt_in phone_consent sms_permission sms_marketing',
  ),
  optional(
    'consent_timestamp',
    'consent_date consent_time consented_at opt_in_date opt_in_time optin_time optin_date subscribed_at subscription_date email_consent_timestamp sms_consent_timestamp confirm_time einwilligung_am',
  ),
  optional('consent_source', 'source opt_in_source signup_source quelle optin_source'),
  optional('consent_ip', 'ip ip_address optin_ip opt_in_ip confirm_ip', personal),
  optional('consent_form_url', 'form_url signup_url consent_url opt_in_url landing_page'),
  optional('first_name', 'firstname given_name vorname prenom prénom nombre voornaam fname', personal),
  optional('last_name', 'lastname surname family_name nachname nom apellido achternaam lname', personal),
  optional('locale', 'language lang sprache langue preferred_language'),
  optional('country', 'country_code land pays pais country_iso'),
  optional('timezone', 'time_zone tz zeitzone'),
  optional('birthday', 'birth_date birthdate date_of_birth dob geburtstag geburtsdatum date_de_naissance', personal),
  optional('date_added', 'created_at created date_created signup_date joined_at registered_at customer_since added_on'),
  optional('external_id', 'customer_id customerid user_id contact_id id kundennummer subscriber_id', personal),
];
