package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every outcome, in the order of arrival. */
public final class Outcomes implements OutcomeHandler {
    private final List<Outcome> all = new CopyOnWriteArrayList<>();

    @Override
    public void onOutcome(final OutcomeView outcome) {
        all.add(outcome.copy());
    }

    public List<Outcome> await(final int count) throws Exception {
        Eventually.until(count + " outcomes, there are " + all, () -> all.size() >= count);
        return all();
    }

    public List<Outcome> all() {
        return List.copyOf(all);
    }

    /** The outcome of a request, which must have exactly one. */
    public Outcome of(final long requestId) {
        final List<Outcome> found =
                all.stream().filter(outcome -> outcome.requestId() == requestId).toList();
        assertEquals(1, found.size(), () -> "outcomes of request " + requestId + ": " + found);
        return found.get(0);
    }

    public List<Long> requestIds() {
        return all.stream().map(Outcome::requestId).toList();
    }
}
