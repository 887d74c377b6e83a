"""What Prefect runs: order, retries, batches, schedules. No rules and no SQL: those are in `woo.services`."""
