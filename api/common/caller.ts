import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../src/domain/words';
import type { LocalVideoClaims } from '../../src/tokens/claims';

/** Who may call a route. PEER is one side of a call of the local video provider, by its join's token. */
export type CallerKind = 'CLIENT' | 'CUSTOMER' | 'AGENT' | 'REVIEWER' | 'SUPERVISOR' | 'PEER';

/** The caller, from a verified credential. */
export interface Caller {
  readonly kind: CallerKind;
  readonly ouid: string;
  readonly actor: Actor;
  /** For a customer: the one profile and login his credential is bound to. */
  readonly profileId?: string;
  readonly captureSessionId?: string;
  /** For a peer: the one side of the one call. */
  readonly peer?: LocalVideoClaims;
}

/** A customer's caller: bound to one profile and one login. */
export type CustomerCaller = Caller & {
  readonly profileId: string;
  readonly captureSessionId: string;
};

const ACCESS = 'access';
export type Access = readonly CallerKind[] | 'PUBLIC';
export const ACCESS_KEY = ACCESS;

/** Declares who may call a route. A route without it (or `PublicRoute`) is closed to everybody. */
export const AllowedCallers = (...kinds: CallerKind[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, kinds);

/** Open without a credential: health, docs, and what exchanges a link for a session. */
export const PublicRoute = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, 'PUBLIC');

export type RequestWithCaller = Request & { caller?: Caller };

/** The verified caller of a route. */
export const FromCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
  if (!caller) throw new Error('a route without a guard asked for its caller');
  return caller;
});

/** The verified customer of a capture route. */
export const FromCustomer = createParamDecorator(
  (_: unknown, context: ExecutionContext): CustomerCaller => {
    const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
    const { profileId, captureSessionId } = caller ?? {};
    if (!caller || profileId === undefined || captureSessionId === undefined) {
      throw new Error('a capture route was reached by somebody who is not a customer');
    }
    return { ...caller, profileId, captureSessionId };
  },
);

/** The verified side of a call. */
export const FromPeer = createParamDecorator(
  (_: unknown, context: ExecutionContext): LocalVideoClaims => {
    const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
    if (!caller?.peer) throw new Error('a route of the call was reached by somebody else');
    return caller.peer;
  },
);
