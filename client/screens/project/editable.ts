// The fields that are edited in place, under a name that does not repeat the type's in every file of this screen.
export { ProjectEditable as projectEditable } from '../../features/projectEdit/editable.ts';
