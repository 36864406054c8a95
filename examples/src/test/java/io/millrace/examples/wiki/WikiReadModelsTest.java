package io.millrace.examples.wiki;

import static io.millrace.examples.wiki.WikiEdits.edit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.examples.ReadModel;
import io.millrace.examples.driver.DirectDriver;
import io.millrace.examples.wiki.ByChannel.ChannelTotal;
import io.millrace.examples.wiki.TopPages.PageCount;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class WikiReadModelsTest {
    private final TopPages topPages = new TopPages();
    private final EditsPerMinute perMinute = new EditsPerMinute();
    private final ByChannel byChannel = new ByChannel();
    private final Totals totals = new Totals();
    private final WikiMachine machine = new WikiMachine();
    private final DirectDriver driver =
            new DirectDriver(machine, topPages::onEvent, perMinute::onEvent, byChannel::onEvent, totals::onEvent);
    private final WikiEdits edits = new WikiEdits();

    @Test
    void shouldOrderPagesByTitleWhenTheyHaveAsManyEdits() {
        edits.submit(driver, edit("b", "x"));
        edits.submit(driver, edit("c", "x"));
        edits.submit(driver, edit("a", "x"));
        edits.submit(driver, edit("c", "x"));

        assertEquals(List.of(new PageCount("c", 2), new PageCount("a", 1)), topPages.top(2));
        assertEquals(3, topPages.top(10).size());
    }

    @Test
    void shouldSumTheBytesOfAChannel() {
        edits.submit(driver, edit("a", "x"));
        edits.submit(driver, edit("b", "y"));
        edits.submit(driver, WikiEdits.EDIT);

        assertEquals(
                List.of(new ChannelTotal("#de.wikipedia", 2, 10, 14), new ChannelTotal("#en.wikipedia", 1, 36, 0)),
                byChannel.channels());
    }

    @Test
    void shouldEqualTheGroundTruthWhenAllRealEditsAreRecorded() throws IOException {
        edits.submitAll(driver);

        assertTotals();
        assertEquals(
                List.of(
                        new PageCount("Wikipedia:Vandalismusmeldung", 33),
                        new PageCount("User:Cyde/List of candidates for speedy deletion/Subpage", 28),
                        new PageCount("Jeremy Corbyn", 27)),
                topPages.top(3));
        assertChannels();
        assertMinutes();
        assertEquals(35_143, machine.pages());
        assertEquals(10_531, machine.editors());
    }

    @Test
    void shouldBeTheSameWhenRebuiltFromTheEvents() throws IOException {
        edits.submitAll(driver);

        final List<ReadModel> live = List.of(topPages, perMinute, byChannel, totals);
        final List<ReadModel> rebuilt = List.of(new TopPages(), new EditsPerMinute(), new ByChannel(), new Totals());
        rebuilt.forEach(model -> driver.replay(model::onEvent));
        for (int i = 0; i < live.size(); i++) {
            assertEquals(rows(live.get(i)), rows(rebuilt.get(i)));
        }
        final WikiMachine replayed = new WikiMachine();
        driver.replay(replayed::apply);
        assertArrayEquals(DirectDriver.save(machine), DirectDriver.save(replayed));
    }

    private void assertTotals() {
        assertEquals(39_244, totals.edits());
        assertEquals(9_385_573, totals.added());
        assertEquals(394_298, totals.deleted());
        assertEquals(8_991_275, totals.delta());
        assertEquals(35_143, totals.pages());
        assertEquals(10_531, totals.users());
        assertEquals(51, totals.channels());
        assertEquals(15_420, totals.flagged(EditFlag.ROBOT));
        assertEquals(17_308, totals.flagged(EditFlag.MINOR));
        assertEquals(6_008, totals.flagged(EditFlag.UNPATROLLED));
        assertEquals(3_799, totals.flagged(EditFlag.ANONYMOUS));
        assertEquals(2_278, totals.flagged(EditFlag.NEW));
    }

    private void assertChannels() {
        final List<ChannelTotal> channels = byChannel.channels();
        assertEquals(51, channels.size());
        assertEquals(
                "#en.wikipedia 11549",
                channels.get(0).channel() + " " + channels.get(0).edits());
        assertEquals(
                "#vi.wikipedia 9747",
                channels.get(1).channel() + " " + channels.get(1).edits());
        assertEquals(
                "#de.wikipedia 2523",
                channels.get(2).channel() + " " + channels.get(2).edits());
        assertEquals(9_385_573, channels.stream().mapToLong(ChannelTotal::added).sum());
        assertEquals(394_298, channels.stream().mapToLong(ChannelTotal::deleted).sum());
    }

    private void assertMinutes() {
        final SortedMap<Instant, Long> minutes = perMinute.perMinute();
        assertEquals(Instant.parse("2015-09-12T00:46:00Z"), minutes.firstKey());
        assertEquals(Instant.parse("2015-09-12T23:59:00Z"), minutes.lastKey());
        assertEquals(
                39_244, minutes.values().stream().mapToLong(Long::longValue).sum());
    }

    private static List<String> rows(final ReadModel model) {
        final List<String> rows = new ArrayList<>();
        model.dump(rows::add);
        return rows;
    }
}
