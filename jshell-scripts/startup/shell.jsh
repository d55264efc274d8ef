// JShell's own feedback mode "normal", but a value is cut at 1,500 characters and not at 80.
// (A start-up file is read before the modes exist, so none can be copied here.)
/set mode verydeep -command
/set prompt verydeep "\njshell> " "   ...> "
/set format verydeep action "created" added-primary
/set format verydeep action "modified" modified-primary
/set format verydeep action "replaced" replaced-primary
/set format verydeep action "overwrote" overwrote-primary
/set format verydeep action "dropped" dropped-primary
/set format verydeep action "  update created" added-update
/set format verydeep action "  update modified" modified-update
/set format verydeep action "  update replaced" replaced-update
/set format verydeep action "  update overwrote" overwrote-update
/set format verydeep action "  update dropped" dropped-update
/set format verydeep display "{result}{pre}created scratch variable {name} : {type}{post}" expression-added,modified,replaced-primary
/set format verydeep display "{result}{pre}value of {name} : {type}{post}" varvalue-added,modified,replaced-primary
/set format verydeep display "{result}{pre}assigned to {name} : {type}{post}" assignment-primary
/set format verydeep display "{result}{pre}{action} variable {name} : {type}{resolve}{post}" varinit,vardecl
/set format verydeep display "{pre}{action} variable {name}{resolve}{post}" vardecl,varinit-notdefined
/set format verydeep display "{pre}{action} variable {name}{post}" dropped-vardecl,varinit,expression
/set format verydeep display "{pre}{action} {typeKind} {name}{resolve}{post}" class,interface,enum,annotation,record
/set format verydeep display "{pre}{action} method {name}({type}){resolve}{post}" method
/set format verydeep display "{pre}attempted to use {typeKind} {name}{resolve}{post}" used-class,interface,enum,annotation,record
/set format verydeep display "{pre}attempted to call method {name}({type}){resolve}{post}" used-method
/set format verydeep display "" added,modified,replaced,overwrote,dropped-update
/set format verydeep display "{pre}{action} variable {name}, reset to null{post}" replaced-vardecl,varinit-ok-update
/set format verydeep display "{pre}{action} variable {name}{resolve}{post}" replaced-vardecl,varinit-notdefined
/set format verydeep display "{result}" added,modified,replaced-expression,varvalue,assignment,varinit,vardecl-ok-primary
/set format verydeep err "%6$s"
/set format verydeep errorline "{post}{pre}    {err}"
/set format verydeep errorpost "%n"
/set format verydeep errorpre "|  "
/set format verydeep errors "%5$s"
/set format verydeep name "%1$s"
/set format verydeep post "%n"
/set format verydeep pre "|  "
/set format verydeep resolve "{until}{unrerr}" defined,notdefined-added,modified,replaced,used
/set format verydeep result "{name} ==> {value}{post}" added,modified,replaced-ok-primary
/set format verydeep type "%2$s"
/set format verydeep typeKind "class" class
/set format verydeep typeKind "interface" interface
/set format verydeep typeKind "enum" enum
/set format verydeep typeKind "annotation interface" annotation
/set format verydeep typeKind "record" record
/set format verydeep unrerr "{unresolved} is declared" unresolved1-error0
/set format verydeep unrerr "{unresolved} are declared" unresolved2-error0
/set format verydeep unrerr " this error is corrected: {errors}" unresolved0-error1
/set format verydeep unrerr "{unresolved} is declared and this error is corrected: {errors}" unresolved1-error1
/set format verydeep unrerr "{unresolved} are declared and this error is corrected: {errors}" unresolved2-error1
/set format verydeep unrerr " these errors are corrected: {errors}" unresolved0-error2
/set format verydeep unrerr "{unresolved} is declared and these errors are corrected: {errors}" unresolved1-error2
/set format verydeep unrerr "{unresolved} are declared and these errors are corrected: {errors}" unresolved2-error2
/set format verydeep unresolved "%4$s"
/set format verydeep until ", however, it cannot be instantiated or its methods invoked until" defined-class,record-primary
/set format verydeep until ", however, its methods cannot be invoked until" defined-interface-primary
/set format verydeep until ", however, it cannot be used until" defined-enum,annotation-primary
/set format verydeep until ", however, it cannot be invoked until" defined-method-primary
/set format verydeep until ", however, it cannot be referenced until" notdefined-primary
/set format verydeep until " which cannot be instantiated or its methods invoked until" defined-class,record-update
/set format verydeep until " whose methods cannot be invoked until" defined-interface-update
/set format verydeep until " which cannot be invoked until" defined-method-update
/set format verydeep until " which cannot be referenced until" notdefined-update
/set format verydeep value "%3$s"
/set truncation verydeep 1500
