// The offers are drawn by components/UndoToast, which features use themselves: features are strangers to each other.
export { useUndo } from '../../components/UndoToast.tsx';
