import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../platform/graphql/payload.ts';
import { CalendarDate } from '../platform/graphql/scalars.ts';
import type { Accent as BothThemes, AccentShades as Shades } from './accent.ts';
import type { CompanyRow } from './companySettings.ts';

@ObjectType({ description: "The company's colour in one theme, a shade for each job, as #rrggbb." })
export class AccentShades implements Shades {
  @Field(() => String, { description: 'What filled buttons and marks are filled with.' })
  accent!: string;

  @Field(() => String, { description: 'The same under the pointer.' })
  accentHover!: string;

  @Field(() => String, { description: 'Text on it.' })
  onAccent!: string;

  @Field(() => String, { description: 'Text and links on a sheet or a surface.' })
  accentText!: string;

  @Field(() => String, { description: 'Lines around a surface.' })
  accentLine!: string;

  @Field(() => String, { description: 'A quiet ground.' })
  accentSurface!: string;

  @Field(() => String, { description: 'The same under the pointer.' })
  accentSurfaceHover!: string;
}

@ObjectType({
  description: "The company's colour in both themes. Every text on its ground has a contrast of 4.5 or more.",
})
export class Accent implements BothThemes {
  @Field(() => AccentShades, { description: 'In the light theme.' })
  light!: AccentShades;

  @Field(() => AccentShades, { description: 'In the dark theme.' })
  dark!: AccentShades;
}

@ObjectType({ description: 'The settings of the company that runs this installation.' })
export class CompanySettings implements Partial<CompanyRow> {
  @Field(() => Int, { description: 'Moves with every change.' })
  revision!: number;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'IANA name of the zone that its working hours are counted in.' })
  timeZone!: string;

  @Field(() => String, { description: 'ISO 4217: what sums are shown in.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: "#rrggbb; null: Slipway's own." })
  accentColor!: string | null;

  @Field(() => String, { nullable: true, description: "What mails show as their sender; null: the company's name." })
  senderName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where answers to mails go; null: to the address they come from.',
  })
  replyTo!: string | null;

  @Field(() => [Int], { description: 'Working days of the week, from 1 (Monday) to 7 (Sunday).' })
  workingDays!: number[];

  @Field(() => String, { description: 'When work begins, as HH:MM.' })
  opensAt!: string;

  @Field(() => String, { description: 'When work ends, as HH:MM.' })
  closesAt!: string;

  @Field(() => [CalendarDate], { description: 'Days off, in order.' })
  holidays!: string[];

  @Field(() => Int, { description: 'Within how many hours of its work a client answers.' })
  clientAnswerHours!: number;

  @Field(() => Int, { description: 'Within how many hours of its work the company answers.' })
  companyAnswerHours!: number;
}

@InputType({ description: 'What companyEdit changes: only what is given.' })
export class CompanyEditInput {
  @Field(() => Int, { description: 'The revision that the person saw.' })
  revision!: number;

  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'IANA name, such as Europe/Prague.' })
  timeZone?: string;

  @Field(() => String, { nullable: true, description: 'ISO 4217.' })
  currency?: string;

  @Field(() => String, { nullable: true, description: '#rrggbb that carries white text; null takes it away.' })
  accentColor?: string | null;

  @Field(() => String, { nullable: true, description: 'What mails show as their sender; null takes it away.' })
  senderName?: string | null;

  @Field(() => String, { nullable: true, description: 'Where answers to mails go; null takes it away.' })
  replyTo?: string | null;

  @Field(() => [Int], { nullable: true, description: 'From 1 (Monday) to 7 (Sunday).' })
  workingDays?: number[];

  @Field(() => String, { nullable: true, description: 'HH:MM.' })
  opensAt?: string;

  @Field(() => String, { nullable: true, description: 'HH:MM, after it opens.' })
  closesAt?: string;

  @Field(() => [CalendarDate], { nullable: true, description: 'All days off; at most 400.' })
  holidays?: string[];

  @Field(() => Int, { nullable: true, description: 'Hours of work within which a client answers, 1 to 400.' })
  clientAnswerHours?: number;

  @Field(() => Int, { nullable: true, description: 'Hours of work within which the company answers, 1 to 400.' })
  companyAnswerHours?: number;
}

@ObjectType({ description: 'The outcome of companyEdit.' })
export class CompanyEditPayload extends Payload {
  @Field(() => CompanySettings, { nullable: true, description: 'The settings as they are now.' })
  settings!: CompanyRow | null;
}
