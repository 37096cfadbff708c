import fc from "fast-check";
import { follow } from "./advice";
import {
  changeOfType,
  declaration,
  forced,
  foreign,
  handEdit,
  nth,
  patch,
  program,
  renaming,
  resource,
  runOptions,
} from "./random-program";
import { weather } from "./random-weather";
import { tidy } from "./declaration";
import { checkRun } from "./invariants";
import type { RunOptions, Verb } from "./run-record";
import { emptyAccount } from "./weather";
import type { World } from "./world";

/** Which resources the program declares: as much as a command must know before it is chosen. */
interface Model {
  readonly declared: Set<string>;
}

export type Command = fc.AsyncCommand<Model, World>;

/** A command is a sentence, when it can be said, and what it does. */
class Deed implements Command {
  constructor(
    private readonly sentence: string,
    private readonly possible: (model: Model) => boolean,
    private readonly deed: (world: World) => Promise<void> | void,
  ) {}

  check(model: Readonly<Model>): boolean {
    return this.possible(model);
  }

  async run(model: Model, world: World): Promise<void> {
    await this.deed(world);
    model.declared.clear();
    for (const name of world.program.keys()) model.declared.add(name);
  }

  toString(): string {
    return this.sentence;
  }
}

const always = (): boolean => true;
const say = (value: unknown): string => JSON.stringify(value);

const declare = fc.tuple(resource, declaration).map(
  ([name, what]) =>
    new Deed(`declare ${name} ${say(what)}`, always, ({ program }) => {
      program.set(name, what);
    }),
);

const rewrite = program.map(
  (whole) =>
    new Deed(`declare ${say([...whole])} and nothing else`, always, (world) => {
      world.program.clear();
      for (const [name, what] of whole) world.program.set(name, what);
    }),
);

const change = fc.tuple(resource, patch).map(
  ([name, what]) =>
    new Deed(
      `change ${name} ${say(what)}`,
      ({ declared }) => declared.has(name),
      ({ program }) => {
        const before = program.get(name);
        if (before !== undefined) program.set(name, tidy({ ...before, ...what }));
      },
    ),
);

const remove = resource.map(
  (name) =>
    new Deed(
      `remove ${name}`,
      ({ declared }) => declared.has(name),
      ({ program }) => {
        program.delete(name);
      },
    ),
);

/** Never the client of another declared resource: whether that is noticed depends on which comes first. */
function adoptAs(name: string, number: number, { program, state, hands }: World): void {
  const client = hands.pick(number);
  const before = program.get(name);
  if (client === undefined || before === undefined) return;
  const owner = state.entries.find(({ id }) => id === client.id)?.resource;
  if (owner !== undefined && program.has(owner)) return;
  program.set(name, tidy({ ...before, type: client.clientType, adopt: client.id }));
}

/** One resource or, by mistake, two. */
const adopt = fc.tuple(fc.uniqueArray(resource, { minLength: 1, maxLength: 2 }), nth).map(
  ([names, number]) =>
    new Deed(
      `adopt client ${number} as ${names.join(" and ")}`,
      ({ declared }) => names.some((name) => declared.has(name)),
      (world) => {
        for (const name of names) adoptAs(name, number, world);
      },
    ),
);

/** As the docs advise where an alias will not do: the same client under another name. */
const rename = fc.tuple(resource, resource).map(
  ([from, to]) =>
    new Deed(
      `rename ${from} to ${to}`,
      ({ declared }) => declared.has(from) && !declared.has(to),
      ({ program, state }) => {
        const before = program.get(from);
        const id = state.resources.get(from)?.id;
        program.delete(from);
        if (before !== undefined) program.set(to, { ...before, adopt: id });
      },
    ),
);

const followAdvice = fc.constant(
  new Deed("do what the errors said", always, (world) => {
    follow(world);
  }),
);

async function run(world: World, verb: Verb, options: RunOptions): Promise<void> {
  const hasNew = [...world.program.keys()].some((name) => !world.state.resources.has(name));
  // With the wrong credentials new clients would be made in the other account, and nothing could tell that they are wrong.
  const replace = verb.kind === "up" ? verb.replace : undefined;
  const makes = verb.kind === "up" && (hasNew || replace !== undefined);
  checkRun(world, await world.run(verb, { ...options, astray: options.astray && !makes }));
}

const up = fc.tuple(fc.boolean(), forced, runOptions).map(([refresh, replace, options]) => {
  const verb: Verb = { kind: "up", refresh, ...(replace === undefined ? {} : { replace }) };
  return new Deed(`run ${say(verb)} ${say(options)}`, always, (world) => run(world, verb, options));
});

const refresh = runOptions.map(
  (options) =>
    new Deed(`run refresh ${say(options)}`, always, (world) => run(world, { kind: "refresh" }, options)),
);

const destroy = runOptions.map(
  (options) =>
    new Deed(`run destroy ${say(options)}`, always, (world) => run(world, { kind: "destroy" }, options)),
);

const edit = fc
  .tuple(
    nth,
    fc.oneof(
      { weight: 6, arbitrary: handEdit },
      { weight: 2, arbitrary: renaming },
      { weight: 1, arbitrary: changeOfType },
    ),
  )
  .map(
    ([number, what]) =>
      new Deed(`edit client ${number} by hand ${say(what)}`, always, ({ hands }) => {
        hands.edit(number, what);
      }),
  );

const deleteByHand = nth.map(
  (number) =>
    new Deed(`delete client ${number} by hand`, always, ({ hands }) => {
      hands.delete(number);
    }),
);

const addForeign = foreign.map(
  ({ name, clientType, isActive }) =>
    new Deed(`add a client by hand ${say([name, clientType, isActive])}`, always, ({ hands }) => {
      hands.add(name, clientType, isActive);
    }),
);

const worse = weather.map(
  (conditions) =>
    new Deed(`from now on ${say(conditions)}`, always, (world) => {
      world.weather.turn(conditions);
    }),
);

const otherService = fc.constant(
  new Deed("an empty account answers", always, (world) => {
    world.weather.turn(emptyAccount);
  }),
);

const listStops = fc.constant(
  new Deed("the list stays as it is now", always, (world) => world.weather.stopTheList()),
);

const better = fc.constant(
  new Deed("all is well again", always, (world) => {
    world.weather.clearUp();
  }),
);

const several = (times: number, command: fc.Arbitrary<Command>): fc.Arbitrary<Command>[] =>
  Array.from({ length: times }, () => command);

/** Steps of a history, as likely as they are here. */
export const commands: fc.Arbitrary<Command>[] = [
  ...[
    declare,
    rewrite,
    rewrite,
    ...several(6, change),
    remove,
    adopt,
    rename,
    rename,
    ...several(2, followAdvice),
  ],
  ...[...several(10, up), ...several(2, refresh), destroy],
  ...[...several(2, edit), deleteByHand, addForeign],
  ...[worse, otherService, listStops, ...several(4, better)],
];
