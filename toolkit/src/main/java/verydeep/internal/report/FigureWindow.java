package verydeep.internal.report;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/**
 * A window that shows an image file. It belongs to a JVM of its own: one that draws charts stays
 * headless, since a display that is named but cannot be reached would make every drawing fail.
 */
public final class FigureWindow {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SHOWN = "shown";

  private FigureWindow() {}

  /**
   * Opens a window that closes with this JVM at the latest.
   *
   * @param file a PNG file
   * @param title of the window
   * @param width of the image in the window, in its units
   * @return whether there is one; false where there is no display
   */
  public static boolean open(Path file, String title, int width) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=false",
            "-cp",
            classPath(),
            FigureWindow.class.getName(),
            file.toAbsolutePath().toString(),
            title,
            String.valueOf(width));
    try {
      Process window =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      boolean shown =
          CompletableFuture.supplyAsync(() -> hasShown(window))
              .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .join();
      if (!shown) {
        window.destroy();
      }
      return shown;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where this class is: a jar, or a folder of classes. */
  private static String classPath() {
    try {
      var source = FigureWindow.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      return System.getProperty("java.class.path");
    }
  }

  private static boolean hasShown(Process window) {
    try {
      byte[] said = window.getInputStream().readNBytes(SHOWN.length());
      return new String(said, StandardCharsets.US_ASCII).equals(SHOWN);
    } catch (IOException e) {
      return false;
    }
  }

  /** The window's own JVM: its arguments are the file, the title and the width. */
  public static void main(String[] arguments) throws IOException {
    if (GraphicsEnvironment.isHeadless()) {
      return;
    }
    BufferedImage image = ImageIO.read(new File(arguments[0]));
    int width = Integer.parseInt(arguments[2]);
    SwingUtilities.invokeLater(() -> show(image, arguments[1], width));
    while (System.in.read() >= 0) {} // ends with the JVM that asked for it
    System.exit(0);
  }

  private static void show(BufferedImage image, String title, int width) {
    JFrame frame = new JFrame(title);
    frame.setDefaultCloseOperation(WindowConstants.EXIT_ON_CLOSE);
    JPanel panel =
        new JPanel() {
          private static final long serialVersionUID = 1;

          @Override
          protected void paintComponent(Graphics g) {
            super.paintComponent(g);
            double scale =
                Math.min(
                    getWidth() / (double) image.getWidth(),
                    getHeight() / (double) image.getHeight());
            Graphics2D drawing = (Graphics2D) g;
            drawing.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            drawing.drawImage(
                image,
                0,
                0,
                (int) Math.round(scale * image.getWidth()),
                (int) Math.round(scale * image.getHeight()),
                null);
          }
        };
    panel.setPreferredSize(new Dimension(width, width * image.getHeight() / image.getWidth()));
    frame.add(panel);
    frame.pack();
    frame.setLocationByPlatform(true);
    frame.setVisible(true);
    System.out.print(SHOWN);
    System.out.flush();
  }
}
