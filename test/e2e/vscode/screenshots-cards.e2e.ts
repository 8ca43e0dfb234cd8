/**
 * The pictures for the pages about responsibilities and reachability: cards of several kinds of resources, and drawn
 * paths.
 */
import { picture, PICTURE_SETTINGS, type Part } from './pictures.ts';
import { describeInVsCode } from './suite.ts';
import { BALANCED_APP, PUBLIC_WEB } from './templates.ts';
import type { Window } from './window.ts';

/** A function with an API, as the transform of SAM completes it. */
const FUNCTION = `Transform: AWS::Serverless-2016-10-31

Resources:
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: src
      Environment:
        Variables:
          TABLE: !Ref Pictures
      Events:
        Upload:
          Type: Api
          Properties: {Path: /pictures, Method: post}

  Pictures:
    Type: AWS::Serverless::SimpleTable
`;

/** A website whose policy allows anyone to read it, and two other resources of Terraform. */
const SITE = `resource "aws_s3_bucket" "site" {
  bucket = "shop-site"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "\${aws_s3_bucket.site.arn}/*"
    }]
  })
}

resource "aws_kms_key" "orders" {
  description         = "Orders of the shop"
  enable_key_rotation = false
}
`;

/** Tall, because VS Code limits the height of a hover to a quarter of the editor. */
const WINDOW = { width: 1040, height: 1500 };

/** The window of a long drawing. */
const LONG = { width: 1080, height: 1530 };

/** The window of a short one. */
const SHORT = { width: 1080, height: 580 };

/** The cards: the file, its resource type, and words of the card. */
const CARDS = [
  ['card-instance', 'web.yaml', 'AWS::EC2::Instance', 'AWS operates the hypervisor'],
  ['card-function', 'resize.yaml', 'AWS::Serverless::Function', 'AWS operates Lambda'],
  ['card-bucket', 'site.tf', 'aws_s3_bucket', 'AWS operates S3'],
  ['card-key', 'site.tf', 'aws_kms_key', 'AWS protects the key'],
] as const;

/** The drawings: the file, the line of the resource, its name, and the window. */
const PATHS = [
  ['path-balancer', 'app.yaml', '  App:', 'Paths to App', LONG],
  ['path-bucket', 'site.tf', 'resource "aws_s3_bucket" "site"', 'Paths to aws_s3_bucket.site', SHORT],
] as const;

const FILES: Readonly<Record<string, string>> = {
  'web.yaml': PUBLIC_WEB,
  'app.yaml': BALANCED_APP,
  'resize.yaml': FUNCTION,
  'site.tf': SITE,
};

describeInVsCode(
  'VS Code, for the documentation of cards',
  { files: FILES, settings: { ...PICTURE_SETTINGS, 'editor.hover.above': false } },
  (test) => {
    const open = async (window: Window, file: string, size: { width: number; height: number }): Promise<void> => {
      await window.page.setViewportSize(size);
      if (await window.page.locator('.part.sidebar').isVisible()) await window.press('Control+B');
      await window.openFile(file);
    };

    for (const [name, file, type, text] of CARDS)
      test(`shows the card of ${type}`, async ({ window }) => {
        await open(window, file, WINDOW);
        await window.goTo(1, 1);
        const hover = await window.hoverOver(type, text);
        await picture(window, name, around(await window.pointAt(type), (await hover.boundingBox())!));
        await window.leave();
      });

    for (const [name, file, line, heading, size] of PATHS)
      test(`draws ${heading}`, async ({ window }) => {
        await open(window, file, size);
        await window.goTo(FILES[file]!.split('\n').findIndex((one) => one.startsWith(line)) + 1, 4);
        await window.runCommand('Stackwarden: Show Path');
        await window.webPage(heading);
        // A mouse over a requirement underlines it.
        await window.page.mouse.move(20, 20);
        await picture(window, name, besideEditor(size));
      });
  },
);

/** The half of a window that has the page, without the tabs and the status bar. */
function besideEditor({ width, height }: { readonly width: number; readonly height: number }): Part {
  return { x: width / 2 + 4, y: 40, width: width / 2 - 12, height: height - 80 };
}

/** A hover with the line that it is about, without the empty rest of the window. */
function around({ y: middle }: { readonly y: number }, hover: Part): Part {
  const margin = 10;
  const top = Math.min(middle - margin, hover.y - margin);
  const bottom = Math.max(middle + margin, hover.y + hover.height + margin);
  return { x: 20, y: top, width: hover.x + hover.width + margin - 20, height: bottom - top };
}
