CREATE TABLE "task_promises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"side" text NOT NULL,
	"audience" text NOT NULL,
	"promised_on" date NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "project_standings" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"basis" text NOT NULL,
	"health" text,
	"court" text NOT NULL,
	"court_since" timestamp (3) with time zone,
	"done_count" integer NOT NULL,
	"total_count" integer NOT NULL,
	"phase_name" text,
	"phase_index" integer,
	"in_review_count" integer NOT NULL,
	"p50_on" date,
	"p80_on" date,
	"plan_hash" text
);
--> statement-breakpoint
ALTER TABLE "company" ADD COLUMN "client_answer_hours" integer DEFAULT 16 NOT NULL;--> statement-breakpoint
ALTER TABLE "company" ADD COLUMN "company_answer_hours" integer DEFAULT 16 NOT NULL;--> statement-breakpoint
ALTER TABLE "inbox_marks" ADD COLUMN "conversation_of" uuid;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "baseline_target_on" date;--> statement-breakpoint
ALTER TABLE "task_dependencies" ADD COLUMN "kind" text DEFAULT 'FINISH_TO_START' NOT NULL;--> statement-breakpoint
ALTER TABLE "task_dependencies" ADD COLUMN "lag_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "duration_days" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "pin_edge" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "pin_on" date;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "baseline_on" date;--> statement-breakpoint
ALTER TABLE "saved_views" ADD COLUMN "layout" text DEFAULT 'TABLE' NOT NULL;--> statement-breakpoint
ALTER TABLE "task_promises" ADD CONSTRAINT "task_promises_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_promises" ADD CONSTRAINT "task_promises_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_promises" ADD CONSTRAINT "task_promises_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_standings" ADD CONSTRAINT "project_standings_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "task_promises_task" ON "task_promises" USING btree ("task_id","at");--> statement-breakpoint
CREATE INDEX "task_promises_project" ON "task_promises" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "project_standings_until" ON "project_standings" USING btree ("until_at");--> statement-breakpoint
ALTER TABLE "inbox_marks" ADD CONSTRAINT "inbox_marks_conversation_of_tasks_id_fk" FOREIGN KEY ("conversation_of") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_went_live" ON "events" USING btree ("project_id","at") WHERE kind = 'project.wentLive';--> statement-breakpoint
-- Durations of what was planned by due days alone: the working days (Monday to Friday) from the latest due day before it,
-- or from the signature.
UPDATE "tasks" SET "duration_days" = least(400, planned.days)
FROM (
  SELECT t."id", (
    SELECT count(*) FROM generate_series(
      coalesce(before.due + 1, p."signed_on")::timestamp, t."due_on"::timestamp, interval '1 day'
    ) AS day WHERE extract(isodow FROM day) < 6
  ) AS days
  FROM "tasks" t
  JOIN "projects" p ON p."id" = t."project_id"
  LEFT JOIN LATERAL (
    SELECT max(b."due_on") AS due FROM "task_dependencies" d
    JOIN "tasks" b ON b."id" = d."predecessor_id" WHERE d."task_id" = t."id"
  ) before ON true
  WHERE t."due_on" IS NOT NULL
) planned
WHERE planned."id" = "tasks"."id";
--> statement-breakpoint
UPDATE "tasks" SET "started_at" = begun."at"
FROM (
  SELECT "task_id", min("at") AS "at" FROM "events" WHERE "kind" IN ('task.started', 'task.submitted') GROUP BY "task_id"
) begun
WHERE begun."task_id" = "tasks"."id" AND "tasks"."state" NOT IN ('NOT_READY', 'READY');
--> statement-breakpoint
-- The first due day that the log knows, else the present one.
UPDATE "tasks" SET "baseline_on" = coalesce((
  SELECT (e."facts"->>'from')::date FROM "events" e
  WHERE e."task_id" = "tasks"."id" AND e."kind" = 'task.dueMoved' ORDER BY e."seq" LIMIT 1
), "tasks"."due_on")
FROM "projects" p WHERE p."id" = "tasks"."project_id" AND p."activated_at" IS NOT NULL;
--> statement-breakpoint
UPDATE "projects" SET "baseline_target_on" = "target_on" WHERE "activated_at" IS NOT NULL;
