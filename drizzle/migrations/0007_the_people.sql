CREATE TABLE "account_external_ids" (
	"system" text NOT NULL,
	"external_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_external_ids_system_external_id_pk" PRIMARY KEY("system","external_id")
);
--> statement-breakpoint
CREATE TABLE "account_forwardings" (
	"from_id" uuid PRIMARY KEY NOT NULL,
	"to_id" uuid NOT NULL,
	"name" text NOT NULL,
	"website" text NOT NULL,
	"merged_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_conditions" (
	"project_id" uuid NOT NULL,
	"task_key" text NOT NULL,
	"conditions" jsonb NOT NULL,
	"applies" boolean NOT NULL,
	"waived_from" text,
	CONSTRAINT "project_conditions_project_id_task_key_pk" PRIMARY KEY("project_id","task_key")
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"task_id" uuid,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "guest_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"handover_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "handovers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"email" text NOT NULL,
	"message" text NOT NULL,
	"handed_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"token_hash" text NOT NULL,
	"used_at" timestamp (3) with time zone,
	"wrong_tries" integer NOT NULL,
	"guest_id" uuid,
	"opened_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "milestone_ratings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"phase_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"score" integer,
	"words" text NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"task_id" uuid
);
--> statement-breakpoint
CREATE TABLE "milestone_sign_offs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"phase_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"digest" text NOT NULL,
	"content" jsonb NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "template_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"from_version" integer NOT NULL,
	"to_version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by_id" uuid NOT NULL,
	"done" jsonb NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "project_standings" ADD COLUMN "spans" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "given_for_id" uuid;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "reviewed_for_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "reviewer_role" text;--> statement-breakpoint
ALTER TABLE "saved_views" ADD COLUMN "zoom" text DEFAULT 'MONTH' NOT NULL;--> statement-breakpoint
ALTER TABLE "account_external_ids" ADD CONSTRAINT "account_external_ids_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_forwardings" ADD CONSTRAINT "account_forwardings_to_id_accounts_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_conditions" ADD CONSTRAINT "project_conditions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_id_people_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_id_people_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_sessions" ADD CONSTRAINT "guest_sessions_handover_id_handovers_id_fk" FOREIGN KEY ("handover_id") REFERENCES "public"."handovers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_handed_by_people_id_fk" FOREIGN KEY ("handed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_guest_id_people_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_ratings" ADD CONSTRAINT "milestone_ratings_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_ratings" ADD CONSTRAINT "milestone_ratings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_ratings" ADD CONSTRAINT "milestone_ratings_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_sign_offs" ADD CONSTRAINT "milestone_sign_offs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_sign_offs" ADD CONSTRAINT "milestone_sign_offs_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_updates" ADD CONSTRAINT "template_updates_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_updates" ADD CONSTRAINT "template_updates_template_id_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_updates" ADD CONSTRAINT "template_updates_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_external_ids_account" ON "account_external_ids" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_forwardings_to" ON "account_forwardings" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "delegations_to" ON "delegations" USING btree ("to_id") WHERE "delegations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "delegations_from" ON "delegations" USING btree ("from_id") WHERE "delegations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "delegations_task" ON "delegations" USING btree ("task_id") WHERE "delegations"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "guest_sessions_token" ON "guest_sessions" USING btree ("token_hash","handover_id");--> statement-breakpoint
CREATE INDEX "guest_sessions_handover" ON "guest_sessions" USING btree ("handover_id");--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_open" ON "handovers" USING btree ("task_id") WHERE "handovers"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "handovers_task" ON "handovers" USING btree ("task_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "milestone_ratings_person" ON "milestone_ratings" USING btree ("phase_id","person_id");--> statement-breakpoint
CREATE INDEX "milestone_ratings_project" ON "milestone_ratings" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "milestone_sign_offs_number" ON "milestone_sign_offs" USING btree ("phase_id","number");--> statement-breakpoint
CREATE INDEX "milestone_sign_offs_project" ON "milestone_sign_offs" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "template_updates_project" ON "template_updates" USING btree ("project_id","at");--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_given_for_id_people_id_fk" FOREIGN KEY ("given_for_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_reviewed_for_id_people_id_fk" FOREIGN KEY ("reviewed_for_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("subject_id","seq") WHERE project_id is null;--> statement-breakpoint
CREATE INDEX "events_fact_confirmed" ON "events" USING btree ("project_id","at") WHERE kind = 'task.factConfirmed';--> statement-breakpoint
CREATE INDEX "projects_pm" ON "projects" USING btree ("pm_id");--> statement-breakpoint
CREATE INDEX "task_promises_standing" ON "task_promises" USING btree ("promised_on") WHERE "task_promises"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "tasks_assignee" ON "tasks" USING btree ("assignee_id") WHERE "tasks"."state" in ('NOT_READY', 'READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED');--> statement-breakpoint
CREATE INDEX "tasks_asked" ON "tasks" USING btree ("reviewer_role") WHERE "tasks"."state" = 'IN_REVIEW';--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("project_id") WHERE "tasks"."state" in ('READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED');