package io.millrace.examples;

import io.millrace.projections.Projection;
import java.util.function.Consumer;

/** A projection whose content can be told as text, so that two of them can be compared. */
public interface ReadModel extends Projection {
    /**
     * Tells the whole content, one row after the other, in an order that depends on nothing but the content.
     *
     * @param row receives each row, without a line end
     */
    void dump(Consumer<String> row);
}
