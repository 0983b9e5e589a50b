ALTER TABLE "first_look_settings" ALTER COLUMN "values" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mock_defaults" ALTER COLUMN "values" DROP NOT NULL;