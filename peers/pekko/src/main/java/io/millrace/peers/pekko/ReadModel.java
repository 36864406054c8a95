package io.millrace.peers.pekko;

import io.millrace.contest.Transferred;
import io.millrace.contest.Turnovers;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The read side's actor: counts what the entity tells it after persisting. */
final class ReadModel {
    private final Turnovers turnovers;
    private final Progress progress;

    private ReadModel(final int accounts, final Progress progress) {
        turnovers = new Turnovers(accounts);
        this.progress = progress;
    }

    static Behavior<Transferred> behavior(final int accounts, final Progress progress) {
        final ReadModel model = new ReadModel(accounts, progress);
        progress.readModel(model.turnovers);
        return Behaviors.receiveMessage(model::count);
    }

    private Behavior<Transferred> count(final Transferred event) {
        turnovers.add((int) event.debit(), (int) event.credit(), event.amount());
        progress.counted();
        return Behaviors.same();
    }
}
