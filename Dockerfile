# The server, from the jar that "./mvnw -DskipTests package" builds.
FROM eclipse-temurin:25-jre AS layers
WORKDIR /build
COPY backend/server/target/socketlab.jar socketlab.jar
RUN java -Djarmode=tools -jar socketlab.jar extract --layers --launcher --destination extracted

FROM eclipse-temurin:25-jre
RUN useradd --system --home-dir /var/lib/socketlab --create-home --shell /usr/sbin/nologin socketlab
WORKDIR /opt/socketlab
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/spring-boot-loader/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY --from=layers /build/extracted/application/ ./
USER socketlab
# H2 in a file there, unless SPRING_DATASOURCE_URL names another database
ENV SOCKETLAB_DATA=/var/lib/socketlab
VOLUME /var/lib/socketlab
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=12 CMD ["curl", "-fsS", "http://127.0.0.1:8080/actuator/health/readiness"]
# printf() and malloc() of C programs are larger than what the JVM compiles otherwise
ENTRYPOINT ["java", "-XX:+UseCompactObjectHeaders", "-XX:-DontCompileHugeMethods", "-XX:MaxRAMPercentage=70", "org.springframework.boot.loader.launch.JarLauncher"]
