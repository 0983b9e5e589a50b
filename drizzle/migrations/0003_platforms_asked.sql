ALTER TABLE "checks" ADD COLUMN "noticed" text;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "repairs" integer;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "mapping" jsonb;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "declared" jsonb;