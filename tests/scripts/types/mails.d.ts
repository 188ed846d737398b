// What the benchmark uses of packages that make mails.

declare module "inky" {
  export class Inky {
    releaseTheKraken(template: string): string;
  }
}

declare module "juice" {
  export default function juice(html: string): string;
}

declare module "mailgen" {
  class Mailgen {
    constructor(options: object);
    generate(mail: object): string;
  }
  export = Mailgen;
}

declare module "mjml" {
  export default function render(source: string): Promise<{ html: string }>;
}
