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
ALTER TABLE "company" ADD COLUMN "client_answer_hours" integer DEFAULT 16 NOT NULL;--> statement-breakpoint
ALTER TABLE "company" ADD COLUMN "company_answer_hours" integer DEFAULT 16 NOT NULL;--> statement-breakpoint
ALTER TABLE "task_dependencies" ADD COLUMN "kind" text DEFAULT 'FINISH_TO_START' NOT NULL;--> statement-breakpoint
ALTER TABLE "task_dependencies" ADD COLUMN "lag_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "duration_days" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "pin_edge" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "pin_on" date;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "task_promises" ADD CONSTRAINT "task_promises_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_promises" ADD CONSTRAINT "task_promises_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_promises" ADD CONSTRAINT "task_promises_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "task_promises_task" ON "task_promises" USING btree ("task_id","at");--> statement-breakpoint
CREATE INDEX "task_promises_project" ON "task_promises" USING btree ("project_id");