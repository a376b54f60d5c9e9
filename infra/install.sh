#!/bin/sh
# Finds a Python that Heed runs on and lets it make the environments that are named. PYTHON=...
# names one. Else the machine's own python3 comes first, then the newest.

# It says why a Python is of no use. An old one may have to run it.
probe='
import platform, sys, sysconfig
kind, version = platform.python_implementation(), sys.version_info[:2]
if kind != "CPython" or version < (3, 11) or version > (3, 14):
    print("is %s %s" % (kind, sys.version.split()[0]))
elif sysconfig.get_config_var("Py_GIL_DISABLED"):
    print("is free-threaded, and Lambda has no such runtime")
else:
    try:
        import ensurepip, venv
        print("fits")
    except ImportError:
        print("has no venv module (Debian and Ubuntu: apt-get install python%d.%d-venv)" % version)
'

tried=""
for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    command -v "$python" >/dev/null 2>&1 || continue
    # The shim of a version manager is found and may only print an error.
    said=$("$python" -c "$probe" 2>/dev/null) || said=""
    if [ "$said" = "fits" ]; then
        exec "$python" "${0%/*}/install.py" "$@"
    fi
    tried="$tried
  $python ${said:-does not run}"
done

echo "Heed needs Python 3.11, 3.12, 3.13 or 3.14 with its venv module, and found none:${tried:-
  nothing on the PATH has such a name}
Debian 12 and 13, Ubuntu 24.04: apt-get install python3 python3-venv
One that is not on the PATH: make PYTHON=/path/to/python3 run" >&2
exit 1
