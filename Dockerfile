# The notebooks in a container: docker build -t verydeep . && docker run --rm -p 127.0.0.1:8888:8888 verydeep
# JupyterLab prints the address to open. Work in /home/student/verydeep is lost with the container unless a volume is mounted there.
FROM eclipse-temurin:17-jdk-noble

RUN apt-get update && \
    apt-get install -y --no-install-recommends maven python3-venv fontconfig fonts-dejavu-core && \
    rm -rf /var/lib/apt/lists/*

RUN useradd --create-home student
USER student
WORKDIR /home/student/verydeep
COPY --chown=student . .

# Builds the toolkit and the notebooks' environment into the image.
RUN root=$PWD && . notebooks/prepare.sh && rm -rf ~/.m2 ~/.cache

EXPOSE 8888
# The port is published to this machine alone (above); inside the container it must listen on all addresses.
CMD ["notebooks/start", "--ServerApp.ip=0.0.0.0", "--no-browser"]
