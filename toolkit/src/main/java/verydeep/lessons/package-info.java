/**
 * What lessons need besides the library: a quiz whose answers the library computes, with hints for
 * the wrong numbers that typical misconceptions lead to.
 *
 * <p>Start with {@link verydeep.lessons.Quiz}.
 */
package verydeep.lessons;
