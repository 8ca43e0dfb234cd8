# The command line in an image: docker build --tag stackwarden . && docker run --rm --volume "$PWD:/work:ro" stackwarden lint
#
# To build from an exact base image, pin it by digest: docker build --build-arg NODE_IMAGE=node:22-alpine@sha256:DIGEST .
ARG NODE_IMAGE=node:22-alpine

FROM ${NODE_IMAGE} AS build
WORKDIR /source
COPY .npmrc package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# The content of the npm package. It needs no other package at run time.
RUN npm run package:npm

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Stackwarden" \
      org.opencontainers.image.description="Finds security misconfigurations in CloudFormation, SAM, Terraform and IAM policies" \
      org.opencontainers.image.licenses="Apache-2.0"
# For --changed-since. Git refuses a mounted repository of another user otherwise.
RUN apk add --no-cache git && git config --system --add safe.directory /work
COPY --from=build /source/.cache/npm /opt/stackwarden
RUN ln -s /opt/stackwarden/dist/cli.cjs /usr/local/bin/stackwarden
# The user node of the base image. The number lets Kubernetes see that it is not root.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["stackwarden"]
CMD ["lint"]
