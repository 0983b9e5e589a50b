type Params = Record<string, string | number>;

/** Why an address or a domain is not taken: by what was given, so that nobody is told to mend what is right. */
export const placesRefused = {
  INVALID_URL: ({ why }: Params) => {
    switch (why) {
      case 'SCHEME':
        return 'Enter the full address, starting with https:// or http://.';
      case 'LONG':
        return 'This address is too long: at most 2000 characters.';
      case 'FORM':
        return 'This is no address that a browser could open. Look for blanks and typing errors in it.';
      case 'PASSWORD':
        return 'Take the user name and password out of the address: everybody on this task can read it.';
      case 'PRIVATE':
        return 'This address is inside a private network; our server cannot reach it. Give the public address.';
      default:
        return 'Enter a full web address that starts with https:// or http://, without a user name or password in it.';
    }
  },
  INVALID_DOMAIN: ({ why }: Params) => {
    switch (why) {
      case 'EMAIL':
        return 'This is an e-mail address. Enter the domain alone, such as shop.example.';
      case 'NUMBER':
        return 'This is the number of a server. Enter the name of your domain, such as shop.example.';
      case 'SINGLE':
        return 'The ending is missing: a domain has a dot in it, such as shop.example.';
      default:
        return 'This is no name that a domain can have: letters, digits and dashes, with dots between them, such as shop.example.';
    }
  },
};
