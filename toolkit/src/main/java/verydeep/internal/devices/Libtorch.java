package verydeep.internal.devices;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The libtorch that DJL has loaded, called directly for what DJL's Java API lacks: the switch for
 * TF32. It is called by its name in libtorch, which has been the same since TF32 was introduced
 * (1.7; verified in 2.7.1 and 2.11).
 */
public final class Libtorch {

  private static final Pattern VERSION = Pattern.compile("__version__ *= *['\"]([^'\"]+)['\"]");

  private static final Libtorch LOADED = load();

  private final Pointer context;
  private final Function convolutions;
  private final Function products;

  private Libtorch(Pointer context, Function convolutions, Function products) {
    this.context = context;
    this.convolutions = convolutions;
    this.products = products;
  }

  private static Libtorch load() {
    try {
      Path library =
          Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu"));
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      return new Libtorch(
          torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]),
          torch.getFunction("_ZN2at7Context17setAllowTF32CuDNNEb"),
          torch.getFunction("_ZN2at7Context18setAllowTF32CuBLASEb"));
    } catch (UnsatisfiedLinkError e) {
      return new Libtorch(null, null, null);
    }
  }

  /** Returns whether this libtorch has the switch under the known name. */
  static boolean hasSwitch() {
    return LOADED.context != null;
  }

  /** Sets whether convolutions and matrix products may use TF32, for the whole process. */
  public static void allowTf32(boolean allowed) {
    if (hasSwitch()) {
      Object[] arguments = {LOADED.context, allowed ? 1 : 0};
      LOADED.convolutions.invokeVoid(arguments);
      LOADED.products.invokeVoid(arguments);
    }
  }

  /**
   * Returns the version of the libtorch in a folder of Python's torch, as stated there.
   *
   * @param folder the folder, such as {@code .../torch/lib}
   * @return the version, such as {@code 2.11.0+cu130}; empty if the folder does not belong to
   *     Python's torch
   */
  public static String pythonVersion(Path folder) {
    Path file = folder.resolveSibling("version.py");
    try {
      Matcher matcher = VERSION.matcher(Files.isReadable(file) ? Files.readString(file) : "");
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
