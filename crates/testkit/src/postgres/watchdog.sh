# Runs the tests' PostgreSQL server and stops it when no test has been there for a while.
#
# $1: seconds of patience; the rest: the server's command. The working folder has the locks:
#   users     every test process shares it for as long as it lives
#   joining   held by whoever starts or stops the server
#   watched   held by this script; free means that there is no server worth its name
patience=$1
shift
command -v flock >/dev/null || { echo "flock (util-linux) is not installed"; exit 1; }
exec 7<watched
flock 7
"$@" 7<&- &
server=$!
idle=0
while kill -0 "$server" 2>/dev/null; do
    sleep 1
    if flock -n users true; then idle=$((idle + 1)); else idle=0; fi
    [ "$idle" -lt "$patience" ] && continue
    exec 8<joining 9<users
    flock 8
    if flock -n 9; then
        kill -INT "$server"
        wait "$server"
        rm -rf data
        exit
    fi
    exec 8<&- 9<&-
    idle=0
done
