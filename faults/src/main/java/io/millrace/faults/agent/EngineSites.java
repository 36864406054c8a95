package io.millrace.faults.agent;

import java.util.ArrayList;
import java.util.List;

/** The failpoints of the engine and of projections. */
final class EngineSites {
    private EngineSites() {}

    static List<FailpointSite> all() {
        final List<FailpointSite> all = new ArrayList<>(steps());
        all.addAll(ends());
        all.addAll(projections());
        return all;
    }

    private static List<FailpointSite> steps() {
        final Sites sites = new Sites("io.millrace.engine.internal");
        sites.in("RingPublisher").exit("engine.publish.claimed", "claim");
        sites.in("DecideStep")
                .enter("engine.decide.enter", "decide")
                .exit("engine.decide.exit", "decide")
                .enter("engine.apply.enter", "applyEvents")
                .after("engine.apply.each", "applyEvents", "DecideStep.apply")
                .exit("engine.apply.exit", "applyEvents");
        sites.in("JournalStep")
                .enter("engine.journal.append.enter", "append")
                .exit("engine.journal.append.exit", "append");
        sites.in("OutcomeStep").enter("engine.outcome.enter", "sendUpTo").exit("engine.outcome.exit", "sendUpTo");
        sites.in("OutcomeSender").enter("engine.send.enter", "send").exit("engine.send.exit", "send");
        sites.in("PendingOutcomes")
                .enter("engine.pending.add.enter", "add")
                .exit("engine.pending.add.exit", "add")
                .enter("engine.pending.complete.enter", "completeSynced")
                .exit("engine.pending.complete.exit", "completeSynced");
        sites.in("ForceAgent").enter("engine.force.enter", "forceJournal").exit("engine.force.exit", "forceJournal");
        return sites.all();
    }

    private static List<FailpointSite> ends() {
        final Sites sites = new Sites("io.millrace.engine.internal");
        sites.in("DisruptorEngine")
                .exit("engine.launch.built", "<init>")
                .enter("engine.launch.start", "start")
                .exit("engine.launch.started", "start")
                .enter("engine.close.enter", "closeOnce")
                .exit("engine.close.drained", "awaitDrained")
                .exit("engine.close.threads", "awaitThreads");
        sites.in("JournalClosing")
                .before("engine.close.before-journal", "run", "Journal.close")
                .after("engine.close.after-journal", "run", "Journal.close");
        return sites.all();
    }

    private static List<FailpointSite> projections() {
        final Sites sites = new Sites("io.millrace.projections.internal");
        sites.in("Member")
                .enter("projection.apply.enter", "apply")
                .exit("projection.apply.exit", "apply")
                .exit("projection.batch.exit", "endBatch");
        sites.in("Progress").enter("projection.progress.enter", "publish");
        return sites.all();
    }
}
