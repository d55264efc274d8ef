/**
 * The bridge to the notebook kernel JJava: results show themselves as images and tables, a training
 * draws its learning curves as it goes, and the stop button keeps what was trained.
 *
 * <p>Start with {@link verydeep.notebook.Show}.
 */
package verydeep.notebook;
