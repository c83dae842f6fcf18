import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Authenticator } from './authenticator';
import { ACCESS_KEY, type Access, type RequestWithCaller } from './caller';
import { Problem } from './problem';

/** Every route is closed unless it says who may call it. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'PUBLIC') return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const caller = await this.authenticator.authenticate(request.header('authorization'));
    if (!access?.includes(caller.kind)) {
      throw new Problem('FORBIDDEN', `this is not for a ${caller.kind.toLowerCase()}`);
    }
    request.caller = caller;
    return true;
  }
}
