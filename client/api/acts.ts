import { ApolloLink } from '@apollo/client';
import { finalize } from 'rxjs';

/** A stream and an answer take different ways: what an act sets off may come a little after its answer. */
const echoMs = 1_500;

/** Which acts of this page are under way: what they change comes back by the streams, and is no news here. */
export class Acts {
  #underWay = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;

  begin(): void {
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
    this.#answeredAt = performance.now();
  }

  /** Whether what this page's person just did may be its own act. */
  isEcho(): boolean {
    return this.#underWay > 0 || performance.now() - this.#answeredAt < echoMs;
  }

  readonly link = new ApolloLink((operation, forward) => {
    if (operation.operationType !== 'mutation') return forward(operation);
    this.begin();
    return forward(operation).pipe(finalize(() => this.end()));
  });
}
