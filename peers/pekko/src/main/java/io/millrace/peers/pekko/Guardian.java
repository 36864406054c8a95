package io.millrace.peers.pekko;

import io.millrace.contest.Transfer;
import io.millrace.contest.Transferred;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Owns the entity and the read model, and ends all when one of them fails. */
final class Guardian {
    private Guardian() {}

    /** Completes with the entity, which the producer tells its commands itself. */
    static Behavior<Void> behavior(
            final int accounts, final Progress progress, final CompletableFuture<ActorRef<Transfer>> started) {
        return Behaviors.setup(context -> {
            final ActorRef<Transferred> readModel = context.spawn(ReadModel.behavior(accounts, progress), "read-model");
            final ActorRef<Transfer> ledger = context.spawn(new Ledger(accounts, readModel, progress), "ledger");
            context.watch(readModel);
            context.watch(ledger);
            started.complete(ledger);
            return Behaviors.receive(Void.class)
                    .onSignal(ChildFailed.class, failed -> {
                        progress.failed(failed.getCause());
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }
}
