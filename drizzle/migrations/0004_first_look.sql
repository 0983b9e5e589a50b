CREATE TABLE "first_look_settings" (
	"project_id" uuid NOT NULL,
	"product" text NOT NULL,
	"values" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "first_look_settings_project_id_product_pk" PRIMARY KEY("project_id","product")
);
--> statement-breakpoint
CREATE TABLE "first_looks" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"source" text,
	"submission_id" uuid,
	"run" integer NOT NULL,
	"settled_run" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"usable" integer DEFAULT 0 NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	"currencies" text[] NOT NULL,
	"has_orders" boolean DEFAULT false NOT NULL,
	"index_key" text,
	"index_run" integer DEFAULT 0 NOT NULL,
	"next_key" text,
	"brand" jsonb,
	"problem" text,
	"built_at" timestamp (3) with time zone,
	"first_look_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mock_defaults" (
	"product" text PRIMARY KEY NOT NULL,
	"values" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "report_looks" ADD COLUMN "no_links" text;--> statement-breakpoint
ALTER TABLE "report_looks" ADD COLUMN "no_images" text;--> statement-breakpoint
ALTER TABLE "first_look_settings" ADD CONSTRAINT "first_look_settings_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_look_settings" ADD CONSTRAINT "first_look_settings_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_looks" ADD CONSTRAINT "first_looks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "first_looks" ADD CONSTRAINT "first_looks_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mock_defaults" ADD CONSTRAINT "mock_defaults_by_people_id_fk" FOREIGN KEY ("by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;