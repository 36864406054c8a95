package io.millrace.tools.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void shouldAlignNumbersRightAndTextLeft() {
        final TextTable table =
                new TextTable("Pages", "page", "edits").row("a", 1_234_567L).row("bcd efg", 5);

        assertEquals("""

                Pages
                page         edits
                -------  ---------
                a        1,234,567
                bcd efg          5
                """, print(table));
    }

    @Test
    void shouldShortenLongCellsAndKeepRowsOnOneLine() {
        final TextTable table = new TextTable("t", "c").row("x".repeat(61)).row("a\nb\tc");

        assertEquals("""

                t
                c
                %s
                %s…
                a b c
                """.formatted("-".repeat(60), "x".repeat(59)), print(table));
    }

    @Test
    void shouldRefuseARowOfAnotherWidth() {
        final TextTable table = new TextTable("t", "a", "b");

        assertThrows(IllegalArgumentException.class, () -> table.row("only one"));
    }

    private static String print(final TextTable table) {
        final StringWriter out = new StringWriter();
        table.print(new PrintWriter(out));
        return out.toString().replace(System.lineSeparator(), "\n");
    }
}
