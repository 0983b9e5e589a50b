export { common as languages } from 'lowlight';
