package io.millrace.examples.first;

import io.millrace.engine.typed.Domain;
import io.millrace.engine.typed.TypedEngine;
import io.millrace.engine.typed.Verdict;
import io.millrace.journal.Durability;
import io.millrace.projections.Projections;
import io.millrace.projections.typed.TypedProjection;
import java.nio.file.Path;

public final class FirstExample {
    sealed interface Command {}

    record Deposit(long cents) implements Command {}

    record Withdraw(long cents) implements Command {}

    record Changed(long cents) {} // the event; a sealed interface when there are several

    record Wallet(long cents) {} // the state

    static final Domain<Command, Changed, Wallet> DOMAIN = Domain.of(Command.class, Changed.class, () -> new Wallet(0))
            .decide(1, Deposit.class, (w, c) -> Verdict.accept(new Changed(c.cents())))
            .decide(2, Withdraw.class, (w, c) -> {
                return c.cents() > w.cents() ? Verdict.reject(1, "too poor") : Verdict.accept(new Changed(-c.cents()));
            })
            .evolve(1, Changed.class, (w, e) -> new Wallet(w.cents() + e.cents()))
            .build();

    public static void main(String[] args) throws Exception {
        try (var engine = TypedEngine.launch(Path.of(args[0]), DOMAIN);
                var views = Projections.of(engine.engine())) {
            var sum = views.start(TypedProjection.of("sum", DOMAIN.events(), new long[1], (s, e) -> s[0] += e.cents()));
            engine.submit(new Deposit(100)); // a future; the line below waits, until its events are on the disk
            var outcome = engine.execute(new Withdraw(30), Durability.SYNCED);
            sum.awaitSequence(outcome.lastSequence(), TypedEngine.DEFAULT_TIMEOUT_NS);
            System.out.println(sum.query(p -> p.model()[0]) + " cents, " + outcome);
        }
    }
}
