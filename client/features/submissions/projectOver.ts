import { createContext, useContext } from 'react';

/** Whether nobody works on in the project any more: then what was found stays found, and asks for nothing. */
export const ProjectOver = createContext(false);

export function useProjectOver(): boolean {
  return useContext(ProjectOver);
}
