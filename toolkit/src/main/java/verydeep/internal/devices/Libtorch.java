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
 * The libtorch that DJL has loaded, called directly for what DJL's Java API lacks: the switches for
 * TF32 and for cuDNN. They are called by their names in libtorch, which have been the same since
 * TF32 was introduced (1.7; verified in 2.7.1 and 2.11).
 */
public final class Libtorch {

  private static final Pattern VERSION = Pattern.compile("__version__ *= *['\"]([^'\"]+)['\"]");

  private static final Libtorch LOADED = load();

  private final Pointer context;
  private final Function convolutions;
  private final Function products;
  private final Function cudnn;

  private Libtorch(Pointer context, Function convolutions, Function products, Function cudnn) {
    this.context = context;
    this.convolutions = convolutions;
    this.products = products;
    this.cudnn = cudnn;
  }

  private static Libtorch load() {
    try {
      Path library =
          Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu"));
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      return new Libtorch(
          torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]),
          torch.getFunction("_ZN2at7Context17setAllowTF32CuDNNEb"),
          torch.getFunction("_ZN2at7Context18setAllowTF32CuBLASEb"),
          torch.getFunction("_ZN2at7Context19setUserEnabledCuDNNEb"));
    } catch (UnsatisfiedLinkError e) {
      return new Libtorch(null, null, null, null);
    }
  }

  /** Returns whether this libtorch has the switches under the known names. */
  static boolean hasSwitches() {
    return LOADED.context != null;
  }

  /** Sets whether convolutions and matrix products may use TF32, for the whole process. */
  public static void allowTf32(boolean allowed) {
    if (hasSwitches()) {
      Object[] arguments = {LOADED.context, allowed ? 1 : 0};
      LOADED.convolutions.invokeVoid(arguments);
      LOADED.products.invokeVoid(arguments);
    }
  }

  /** Sets whether cuDNN computes convolutions on GPUs, for the whole process. */
  public static void useCudnn(boolean used) {
    if (hasSwitches()) {
      LOADED.cudnn.invokeVoid(new Object[] {LOADED.context, used ? 1 : 0});
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
