import { type Random } from '../random.js';
import { stepNodes, triggerNode } from './nodes.js';
import { chain, type NewWorkflow, type Tag, type Workflow, type WorkflowChange } from './workflow.js';

/** The workflows and tags of one database. Executions refer to a workflow by its index, which is never reused. */
export class WorkflowBook {
  private readonly all: Workflow[] = [];
  private readonly byId = new Map<string, Workflow>();
  private readonly tagsByName = new Map<string, Tag>();

  constructor(private readonly random: Random) {}

  add(wanted: NewWorkflow, now: number): Workflow {
    const id = wanted.id ?? this.random.nanoId();
    if (this.byId.has(id)) throw new Error(`workflow ${id} exists already`);
    const nodes = wanted.nodes ?? [triggerNode('webhook', id.toLowerCase()), ...stepNodes(['set'], this.random)];
    const createdAt = wanted.createdAt === undefined ? now : Number(wanted.createdAt);
    const workflow: Workflow = {
      index: this.all.length,
      id,
      name: wanted.name,
      active: wanted.active ?? true,
      archived: wanted.archived ?? false,
      tags: [...(wanted.tags ?? [])],
      settings: { executionOrder: 'v1', ...wanted.settings },
      nodes,
      connections: chain(nodes),
      pinData: wanted.pinData ?? null,
      versionId: this.random.uuid(),
      createdAt,
      updatedAt: createdAt,
      deleted: false,
    };
    this.all.push(workflow);
    this.byId.set(id, workflow);
    for (const tag of workflow.tags) this.addTag(tag, createdAt);
    return workflow;
  }

  change(id: string, { settings, tags, ...rest }: WorkflowChange, now: number): Workflow {
    const workflow = this.get(id);
    Object.assign(workflow, rest, { updatedAt: now, versionId: this.random.uuid() });
    if (settings !== undefined) workflow.settings = { ...workflow.settings, ...settings };
    if (tags !== undefined) {
      workflow.tags = [...tags];
      for (const tag of tags) this.addTag(tag, now);
    }
    return workflow;
  }

  delete(id: string): Workflow {
    const workflow = this.get(id);
    workflow.deleted = true;
    this.byId.delete(id);
    return workflow;
  }

  get(id: string): Workflow {
    const workflow = this.byId.get(id);
    if (workflow === undefined) throw new Error(`no workflow ${id}`);
    return workflow;
  }

  find(id: string): Workflow | undefined {
    return this.byId.get(id);
  }

  at(index: number): Workflow {
    const workflow = this.all[index];
    if (workflow === undefined) throw new Error(`no workflow at ${index}`);
    return workflow;
  }

  /** In the order n8n lists them; deleted ones are gone. */
  list(): Workflow[] {
    return [...this.byId.values()];
  }

  addTag(name: string, now: number): Tag {
    const tag = this.tagsByName.get(name) ?? { id: this.random.nanoId(), name, createdAt: now };
    this.tagsByName.set(name, tag);
    return tag;
  }

  tags(): Tag[] {
    return [...this.tagsByName.values()];
  }

  tag(name: string): Tag | undefined {
    return this.tagsByName.get(name);
  }
}
