import { jsx as element, Fragment } from 'react/jsx-runtime';

/*
 * What the compiler writes for JSX, by a name of its own: the package is asked once instead of at each of some hundred
 * elements, and one way to make an element is enough where nothing is checked.
 */
export const jsx = element;
export const jsxs = element;
export { Fragment };
