/**
 * The public addresses of the project. All derive from `repository`, `name`, `publisher` and `version` in package.json,
 * so that a release under another name changes them in one place. No other file that is written by hand spells them.
 */

/** The fields of package.json that addresses depend on. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly repository: { readonly url: string };
}

export interface Addresses {
  /** The page of the repository, without a slash at the end. */
  readonly repository: string;
  /** `owner/name`, as `uses:` in a workflow of GitHub Actions has it. */
  readonly slug: string;
  readonly issues: string;
  readonly homepage: string;
  /** The folder of the files of this version, for programs that download one. */
  readonly raw: string;
  /** The container image, without a tag. */
  readonly image: string;
  readonly npm: string;
  readonly marketplace: string;
  readonly openVsx: string;
}

/**
 * The addresses of a manifest. Throws when its repository is not on GitHub, because workflows, images and files have
 * other addresses elsewhere.
 */
export function addressesOf({ name, version, publisher, repository: { url } }: PackageIdentity): Addresses {
  const slug = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+)$/.exec(url)?.[1];
  if (slug === undefined)
    throw new Error(`repository.url in package.json is not of the form https://github.com/OWNER/NAME: ${url}`);
  return {
    repository: url,
    slug,
    issues: `${url}/issues`,
    homepage: `${url}#readme`,
    raw: `https://raw.githubusercontent.com/${slug}/v${version}`,
    // The names of images are in lower case.
    image: `ghcr.io/${slug.toLowerCase()}`,
    npm: `https://www.npmjs.com/package/${name}`,
    marketplace: `https://marketplace.visualstudio.com/items?itemName=${publisher}.${name}`,
    openVsx: `https://open-vsx.org/extension/${publisher}/${name}`,
  };
}
