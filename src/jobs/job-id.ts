import { type JobRequest } from './job.types.js';

const NAME = /^[a-z]+(-[a-z]+)*$/;
const SLOT = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * The id of a job: `name.client.slot`, where `all` stands for no client. Fit for URLs and unambiguous, because no part holds
 * a dot; never only digits and never with `:`, which the queue refuses.
 * @param unique takes the place of the slot when the request has none
 * @throws RangeError when name, client or slot cannot be part of an id
 */
export function jobIdOf(request: Pick<JobRequest, 'name' | 'clientId' | 'slot'>, unique: string): string {
  const { name, clientId } = request;
  const slot = request.slot ?? unique;
  if (!NAME.test(name)) throw new RangeError(`not a job name: ${name}`);
  if (!SLOT.test(slot)) throw new RangeError(`not a slot: ${slot}`);
  if (clientId !== undefined && !Number.isSafeInteger(clientId)) throw new RangeError(`not a client: ${clientId}`);
  return `${name}.${clientId ?? 'all'}.${slot}`;
}
