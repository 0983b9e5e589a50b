CREATE TABLE "account_calendars" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"working_days" integer[],
	"holidays" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journey_gap_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"journey_id" uuid NOT NULL,
	"key" text NOT NULL,
	"revision" integer NOT NULL,
	"decision" text NOT NULL,
	"sentence" text NOT NULL,
	"owner_id" uuid,
	"due_on" date,
	"effect" text,
	"reason" text,
	"position" integer NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "journey_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journey_parts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"journey_id" uuid,
	"kind" text NOT NULL,
	"revision" integer NOT NULL,
	"rank" double precision NOT NULL,
	"body" jsonb NOT NULL,
	"position" integer NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "journey_votes" (
	"part_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "journey_votes_part_id_person_id_pk" PRIMARY KEY("part_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "journeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"name" text NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_calendars" ADD CONSTRAINT "account_calendars_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_gap_decisions" ADD CONSTRAINT "journey_gap_decisions_journey_id_journeys_id_fk" FOREIGN KEY ("journey_id") REFERENCES "public"."journeys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_gap_decisions" ADD CONSTRAINT "journey_gap_decisions_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_gap_decisions" ADD CONSTRAINT "journey_gap_decisions_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_parts" ADD CONSTRAINT "journey_parts_journey_id_journeys_id_fk" FOREIGN KEY ("journey_id") REFERENCES "public"."journeys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_parts" ADD CONSTRAINT "journey_parts_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_votes" ADD CONSTRAINT "journey_votes_part_id_journey_parts_id_fk" FOREIGN KEY ("part_id") REFERENCES "public"."journey_parts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journey_votes" ADD CONSTRAINT "journey_votes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "journey_gap_decisions_key" ON "journey_gap_decisions" USING btree ("journey_id","key");--> statement-breakpoint
CREATE INDEX "journey_parts_position" ON "journey_parts" USING btree ("journey_id","position");--> statement-breakpoint
INSERT INTO "journey_head" ("id", "position") VALUES (1, 0);
