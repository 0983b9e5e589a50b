/*
 * A journey map as one value: what people drew, whole. Pure, and the same on the server and in the browser. Ids are
 * opaque strings, each once in its array; the order of an array is the order that people gave it. Nothing here promises
 * that an id has its object: a department that was deleted may still be named by what stood in its lane, and `gaps/` says
 * so.
 */
export type JourneyMap = {
  /** In the order that the customer goes through them. */
  stages: readonly Stage[];
  departments: readonly Department[];
  goals: readonly Goal[];
  /** In the order of time within a stage. */
  touchpoints: readonly Touchpoint[];
  items: readonly InformationItem[];
  systems: readonly System[];
  links: readonly SystemLink[];
  flows: readonly Flow[];
  painPoints: readonly PainPoint[];
};

export type Stage = { id: string; name: string };

/** A lane of the map; the customer's own is a department of kind CUSTOMER. */
export type DepartmentKind = 'CUSTOMER' | 'TEAM' | 'THIRD_PARTY';
export type Department = { id: string; name: string; kind: DepartmentKind };

/** What a department wants for the customer, or for itself; both count when gaps are looked for. */
export type GoalKind = 'FOR_CUSTOMER' | 'FOR_DEPARTMENT';
export type Goal = {
  id: string;
  departmentId: string;
  kind: GoalKind;
  name: string;
  /** What it is measured by, and the value to reach; null: not said. */
  metric: string | null;
  target: string | null;
  /** The information that it needs, and where on the journey it is met. */
  itemIds: readonly string[];
  touchpointIds: readonly string[];
};

/** From -2, it is bad, to 2, it is a joy; null: nobody said. */
export type Experience = -2 | -1 | 0 | 1 | 2;
export type Touchpoint = {
  id: string;
  stageId: string;
  /** The lanes that take part. */
  departmentIds: readonly string[];
  initiatorId: string | null;
  receiverId: string | null;
  name: string;
  channel: string;
  objective: string | null;
  tasks: readonly string[];
  /** Ids of systems. */
  tools: readonly string[];
  experience: Experience | null;
};

export type Sensitivity = 'PUBLIC' | 'INTERNAL' | 'PERSONAL' | 'SECRET';
export type InformationItem = {
  id: string;
  name: string;
  /** The department that answers for it; null: nobody. */
  ownerId: string | null;
  sensitivity: Sensitivity;
  /** Its systems of record; one is right, none and several are gaps. */
  homeIds: readonly string[];
  /** The fact of an account that this is; null: no fact that Slipway knows. */
  factKey: string | null;
};

export type SystemKind =
  | 'SLIPWAY'
  | 'CRM'
  | 'SUPPORT'
  | 'MARKETING'
  | 'ERP'
  | 'SHEET'
  | 'MAIL'
  | 'CHAT'
  | 'DOCUMENT'
  | 'OTHER';
export type System = { id: string; name: string; kind: SystemKind; ownerId: string | null };

/** An integration: it passes items from one system to another by itself, in this direction. */
export type SystemLink = {
  id: string;
  fromId: string;
  toId: string;
  /** null: all of them. */
  itemIds: readonly string[] | null;
};

/**
 * What a department does with a piece of information at a touchpoint:
 *   INPUT   it has it, or gathers it
 *   USE     it works with it
 *   OUTPUT  it hands it on, for others to have
 */
export type FlowKind = 'INPUT' | 'USE' | 'OUTPUT';
export type Flow = {
  id: string;
  touchpointId: string;
  departmentId: string;
  kind: FlowKind;
  itemId: string;
  /** The system in which it stands here: read from, or put into; null: none, it is said or known. */
  systemId: string | null;
  /** No hand is needed. */
  isAutomatic: boolean;
  /** The client is asked for it here. */
  isAskedOfClient: boolean;
  /** What the item is said to be here, where people wrote it down. */
  value: string | null;
};

export type PainPoint = { id: string; touchpointId: string; text: string; severity: 1 | 2 | 3; votes: number };
