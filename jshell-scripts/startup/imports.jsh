// What scripts, the shell and the notebooks import. JShell refuses an import of a package that does not exist.
import ai.djl.Device;
import java.net.URI;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import tech.tablesaw.api.*;
import verydeep.*;
import verydeep.classification.*;
import verydeep.cpu.*;
import verydeep.data.*;
import verydeep.device.*;
import verydeep.djl.*;
import verydeep.evaluation.*;
import verydeep.inspection.*;
import verydeep.jobs.*;
import verydeep.lessons.*;
import verydeep.localization.*;
import verydeep.network.*;
import verydeep.notebook.*;
import verydeep.report.*;
import verydeep.training.*;
import verydeep.transfer.*;
import verydeep.weights.*;
import static verydeep.cpu.Arithmetic.*;
import static verydeep.data.TrainingScale.*;
import static verydeep.network.Configuration.*;
import static verydeep.training.Precision.*;
// By name, so that E stays the network after import static java.lang.Math.*
import static verydeep.network.Configuration.E;
// By name, since a notebook's kernel has methods of these names, too.
import static verydeep.notebook.Printing.print;
import static verydeep.notebook.Printing.printf;
import static verydeep.notebook.Printing.println;
