import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AuthenticationService, type Principal } from '../auth/index.js';
import { type Document } from '../cache/index.js';
import { forgetOldest } from '../common/index.js';
import { type Place } from './answer.js';
import { AnswersService } from './answers.service.js';
import { csvView } from './content.js';
import { type AnswerHead, headOf, writeAnswer } from './write-answer.js';

/** At most some MB: URLs are what callers make of them. */
const MOST = { shortcuts: 2_000, characters: 1_000 };

interface Shortcut {
  place: Place;
  type: 'csv' | 'json';
  /** What was sent last; the cache alone decides how long the document stays. */
  last: { moment: object; document: WeakRef<Document>; head: AnswerHead } | null;
}

/**
 * The short way to an answer that is at hand. When a URL was answered from the cache for a kind of caller (role and client binding), the
 * same URL for the same kind has passed every check that looks at nothing else: route, validation, roles, visibility. What is left
 * for the next request is whose key it is, how the client stands now, and whether the answer is there. Unless all of that is
 * remembered the request goes on to the controller, as if this were not here. Nothing is waited for: that is what makes it short.
 */
@Injectable()
export class AnswerShortcuts implements OnModuleInit {
  private readonly known = new Map<string, Shortcut>();

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly authentication: AuthenticationService,
    private readonly answers: AnswersService,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    // After every hook that looks at requests, so that limits and the log know of each; before those that prepare for a wait.
    fastify.addHook('preParsing', (request, reply, _payload, done) => {
      if (!this.answered(request, reply)) done();
    });
  }

  /** @param csv the field whose rows are sent, `null` for JSON */
  remember(request: FastifyRequest, place: Place, csv: string | null): void {
    this.answers.noteAsked(place);
    const { principal, method, url, headers } = request;
    const { accept = '' } = headers;
    if (principal === undefined || method !== 'GET' || url.length + accept.length > MOST.characters) return;
    const key = keyOf(url, accept, principal);
    // A moment ago the answer was not at hand; what was sent then is of no use.
    this.known.delete(key);
    this.known.set(
      key,
      csv === null
        ? { place, type: 'json', last: null }
        : { place: { ...place, view: (syncedAt) => place.view(syncedAt) + csvView(csv) }, type: 'csv', last: null },
    );
    forgetOldest(this.known, MOST.shortcuts);
  }

  private answered(request: FastifyRequest, reply: FastifyReply): boolean {
    const { method, url, headers } = request;
    if (method !== 'GET' || !url.includes('/metrics/')) return false;
    const principal = this.authentication.recognise(request);
    const shortcut = principal === null ? undefined : this.known.get(keyOf(url, headers.accept, principal));
    if (principal === null || shortcut === undefined) return false;
    const found = this.find(shortcut);
    if (found === null) return false;
    request.principal = principal;
    void reply.send(writeAnswer(request, reply, found.document, found.head));
    return true;
  }

  private find(shortcut: Shortcut): { document: Document; head: AnswerHead } | null {
    const { place, type, last } = shortcut;
    const moment = this.answers.present(place);
    if (moment === undefined) return null;
    const same = last?.moment === moment ? last.document.deref() : undefined;
    if (last !== null && same !== undefined) {
      this.answers.countHit();
      return { document: same, head: last.head };
    }
    const kept = this.answers.atHand(place, moment);
    if (kept === null) return null;
    const head = headOf(kept.document, kept.meta, type);
    shortcut.last = { moment, document: new WeakRef(kept.document), head };
    return { document: kept.document, head };
  }
}

function keyOf(url: string, accept: string | undefined, { role, clientId }: Principal): string {
  return `${url} ${role} ${clientId} ${accept?.includes('csv') === true ? accept : ''}`;
}
