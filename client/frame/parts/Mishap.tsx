import { Component, type ReactNode } from 'react';

type Props = { children: ReactNode; fallback: (again: () => void) => ReactNode };

/** A mock that breaks leaves a sentence and a way to begin anew, never an empty frame. */
export class Mishap extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    const { children, fallback } = this.props;
    return this.state.isBroken ? fallback(() => this.setState({ isBroken: false })) : children;
  }
}
