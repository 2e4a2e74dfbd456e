"""Programs that run in the environment of the policy engines: a world comes in as JSON, verdicts and times go out."""
