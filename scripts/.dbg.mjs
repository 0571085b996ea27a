// scripts/webkit-driver.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { env as env3 } from "node:process";

// scripts/engines.mjs
import { spawnSync as spawnSync2 } from "node:child_process";
import { existsSync as existsSync2, readdirSync } from "node:fs";
import { join as join2 } from "node:path";
import { argv as argv2, env as env2, getuid as getuid2, stdout as stdout2 } from "node:process";

// scripts/browser.mjs
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { argv, env, getuid, platform, stderr, stdout } from "node:process";
import { chromium } from "playwright";
var programFolders = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]];
var usual = {
  linux: ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"].map(
    (name) => `/usr/bin/${name}`
  ),
  darwin: ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: programFolders.map((folder) => join(folder ?? "", "Google/Chrome/Application/chrome.exe"))
};
var starts = (path) => existsSync(path) && (platform !== "linux" || spawnSync(path, ["--version"]).status === 0);
function findBrowser() {
  const named = env["RMC_CHROMIUM"];
  if (!named) return [...usual[platform] ?? [], chromium.executablePath()].find(starts);
  if (starts(named)) return named;
  throw new Error(`RMC_CHROMIUM is ${named}, and that does not start.`);
}
function ensureBrowser() {
  const installs = ["npx playwright install chromium && npx playwright install-deps chromium"];
  if (getuid?.() === 0 && existsSync("/usr/bin/apt-get"))
    installs.push("apt-get update && apt-get install -y chromium");
  let found = findBrowser();
  for (const command of installs) {
    if (found) break;
    stderr.write(`No Chromium here. Running: ${command}
`);
    spawnSync(command, { shell: true, stdio: "inherit", env: { ...env, DEBIAN_FRONTEND: "noninteractive" } });
    found = findBrowser();
  }
  if (found) return found;
  throw new Error(
    `No Chromium, and none could be installed (${installs.join("; ")}). Install one and name it in RMC_CHROMIUM.`
  );
}
if (import.meta.filename === argv[1]) stdout.write(`${ensureBrowser()}
`);

// scripts/engines.mjs
var LIBRARIES = "/usr/lib";
var MINI_BROWSER = /^webkit(?:2gtk-4\.1|gtk-6\.0|2gtk-4\.0)$/;
var miniBrowsers = () => [LIBRARIES, ...readdirSync(LIBRARIES).map((name) => join2(LIBRARIES, name))].filter((folder) => folder.endsWith("linux-gnu") || folder === LIBRARIES).flatMap((folder) => readdirSync(folder).map((name) => ({ folder, name }))).filter(({ name }) => MINI_BROWSER.test(name)).map(({ folder, name }) => join2(folder, name, "MiniBrowser"));
var starts2 = (path) => spawnSync2(path, ["--version"], { timeout: 6e4 }).status === 0;
function findFirefox() {
  const named = env2["RMC_FIREFOX"];
  return (named ? [named] : ["/usr/bin/firefox-esr", "/usr/bin/firefox"]).find(
    (path) => existsSync2(path) && starts2(path)
  );
}
function findWebKit() {
  const driver = "/usr/bin/WebKitWebDriver";
  const screen = "/usr/bin/Xvfb";
  if (!existsSync2(driver) || !existsSync2(screen)) return void 0;
  const browser = miniBrowsers().find(existsSync2);
  return browser && { driver, browser, screen };
}
var packages = [
  "firefox-esr",
  "webkit2gtk-driver",
  "xvfb",
  "xauth",
  "gstreamer1.0-plugins-base",
  "gstreamer1.0-plugins-good",
  "gstreamer1.0-plugins-bad",
  "gstreamer1.0-libav"
];
function ensureEngines() {
  ensureBrowser();
  const missing = () => [findFirefox() ? "" : "Firefox", findWebKit() ? "" : "WebKitGTK"].filter((name) => name !== "");
  if (missing().length > 0 && getuid2?.() === 0 && existsSync2("/usr/bin/apt-get"))
    spawnSync2(`apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`, {
      shell: true,
      stdio: ["ignore", 2, 2],
      env: { ...env2, DEBIAN_FRONTEND: "noninteractive" }
    });
  return missing();
}
if (import.meta.filename === argv2[1]) {
  const missing = ensureEngines();
  if (missing.length > 0)
    stdout2.write(
      `Skipped: the tests in ${missing.join(" and ")}, which is not on this machine. To install it on Debian, as root: apt-get install ${packages.join(" ")}
`
    );
}

// scripts/webkit-driver.mjs
var PATIENCE_MS = 6e4;
async function freePort() {
  const server2 = createServer().listen(0, "127.0.0.1");
  await once(server2, "listening");
  const { port } = (
    /** @type {import('node:net').AddressInfo} */
    server2.address()
  );
  server2.close();
  await once(server2, "close");
  return port;
}
async function listening(port) {
  const until = Date.now() + PATIENCE_MS;
  for (; ; ) {
    const socket = connect(port, "127.0.0.1");
    const found = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false)
    ]).catch(() => false);
    socket.destroy();
    if (found) return;
    if (Date.now() > until) throw new Error(`Nothing listens at port ${port}.`);
    await new Promise((resolve2) => setTimeout(resolve2, 50));
  }
}
async function startScreen(path) {
  const screen = spawn(path, ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"]
  });
  const news = (
    /** @type {import('node:stream').Readable} */
    screen.stdio[3]
  );
  const [number] = await Promise.race([
    once(news, "data"),
    once(screen, "exit").then(() => {
      throw new Error("Xvfb did not start.");
    })
  ]);
  return { screen, display: `:${String(number).trim()}` };
}
async function startWebKitDriver() {
  const found = findWebKit();
  if (!found) throw new Error("WebKitGTK is not on this machine: see scripts/engines.mjs.");
  const { screen, display } = await startScreen(found.screen);
  const port = await freePort();
  const driver = spawn(found.driver, [`--port=${port}`, "--host=127.0.0.1"], {
    // Without a language WebKitGTK refuses keys; the machine has no graphics card.
    env: { ...env3, DISPLAY: display, LANG: "C.UTF-8", LIBGL_ALWAYS_SOFTWARE: "1", TZ: "UTC" },
    stdio: "ignore"
  });
  const stop = () => {
    driver.kill();
    screen.kill();
  };
  process.once("exit", stop);
  try {
    await listening(port);
  } catch (error) {
    stop();
    throw error;
  }
  return {
    port,
    capabilities: {
      browserName: "MiniBrowser",
      // WebKitGTK speaks no WebDriver BiDi.
      "wdio:enforceWebDriverClassic": true,
      "webkitgtk:browserOptions": {
        binary: found.browser,
        args: ["--automation", "--autoplay-policy=allow"]
      }
    },
    async [Symbol.asyncDispose]() {
      process.off("exit", stop);
      driver.kill();
      if (driver.exitCode === null && driver.signalCode === null) await once(driver, "exit");
      screen.kill();
    }
  };
}

// test/support/engines/webkit-page.ts
var PATIENCE_MS2 = 6e4;
var EVERY_MS = 50;
var wait = (ms) => new Promise((resolve2) => setTimeout(resolve2, ms));
var BEGIN = `
  const [id, given] = arguments
  const text = (error) => String((error && error.stack) || error)
  try {
    const value = (SCRIPT)(given)
    if (!(value && typeof value.then === 'function')) return { value: value ?? null }
    const answers = (globalThis.engineAnswers ??= {})
    value.then((found) => (answers[id] = { value: found ?? null }), (error) => (answers[id] = { error: text(error) }))
  } catch (error) {
    return { error: text(error) }
  }
  return null`;
var ANSWER = `
  if (!globalThis.engineAnswers) return { error: 'The page was left before it answered.' }
  const answer = engineAnswers[arguments[0]] ?? null
  delete engineAnswers[arguments[0]]
  return answer`;
var keys = {
  Tab: "\uE004",
  Enter: "\uE007",
  Escape: "\uE00C",
  Backspace: "\uE003",
  Delete: "\uE017",
  End: "\uE010",
  Home: "\uE011",
  PageDown: "\uE00F",
  PageUp: "\uE00E",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Space: " "
};
var calls = 0;
function webkitPage(session, handle) {
  let closed = false;
  const script = (source, ...given) => session.inTab(handle, (commands) => commands.executeScript(source, given));
  async function evaluate(run, given) {
    const id = `answer ${calls++}`;
    const source = typeof run === "string" ? `() => (${run})` : String(run);
    let answer = await script(
      BEGIN.replace("SCRIPT", () => source),
      id,
      given ?? null
    );
    for (const until2 = Date.now() + 2 * PATIENCE_MS2; !answer; ) {
      if (Date.now() > until2) throw new Error(`No answer to ${source}`);
      await wait(EVERY_MS / 5);
      answer = await script(ANSWER, id);
    }
    if (answer.error !== void 0) throw new Error(answer.error);
    return answer.value ?? void 0;
  }
  async function until(ask, what) {
    let news = "the answer was false";
    for (const end = Date.now() + PATIENCE_MS2; Date.now() < end; await wait(EVERY_MS)) {
      try {
        if (await ask()) return;
      } catch (error) {
        news = error;
      }
    }
    throw new Error(`Waited in vain for ${what}: ${news}`);
  }
  const url = () => session.inTab(handle, (commands) => commands.getUrl());
  const press = (chord) => {
    const names = chord.split("+").map((name) => keys[name] ?? name);
    const actions = [
      ...names.map((value) => ({ type: "keyDown", value })),
      ...names.toReversed().map((value) => ({ type: "keyUp", value }))
    ];
    return act([{ type: "key", id: "keyboard", actions }]);
  };
  const act = (actions) => session.inTab(handle, async (commands) => {
    await commands.performActions(actions);
  });
  const pointer = (...actions) => act([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions: [...actions] }]);
  const moveTo = (x, y) => ({
    type: "pointerMove",
    duration: 20,
    x: Math.round(x),
    y: Math.round(y),
    origin: "viewport"
  });
  async function placeOf(css) {
    await until(() => evaluate((query) => document.querySelectorAll(query).length === 1, css), css);
    return evaluate((query) => {
      const element = document.querySelector(query);
      element?.scrollIntoView({ block: "center", inline: "center" });
      const { left, top, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, css);
  }
  return {
    evaluate,
    url,
    isClosed: () => closed,
    goto: (address) => session.inTab(handle, async (commands) => {
      await commands.navigateTo(address);
    }),
    reload: () => session.inTab(handle, async (commands) => void await commands.refresh()),
    goBack: () => session.inTab(handle, async (commands) => void await commands.back()),
    waitForFunction: (run, given) => until(() => evaluate(run, given), String(run)),
    waitForURL: (wanted) => {
      const end = typeof wanted === "string" ? wanted.replace(/^\*\*/, "") : wanted;
      return until(async () => {
        const address = await url();
        return typeof end === "string" ? address.endsWith(end) : end.test(address);
      }, String(wanted));
    },
    waitForTimeout: wait,
    locator: (css) => ({
      click: async () => {
        const { x, y } = await placeOf(css);
        const button = { button: 0 };
        await pointer(moveTo(x, y), { type: "pointerDown", ...button }, { type: "pointerUp", ...button });
      },
      hover: async () => {
        const { x, y } = await placeOf(css);
        await pointer(moveTo(x, y));
      },
      focus: () => evaluate((query) => document.querySelector(query)?.focus(), css),
      count: () => evaluate((query) => document.querySelectorAll(query).length, css),
      textContent: () => evaluate((query) => document.querySelector(query)?.textContent, css)
    }),
    keyboard: {
      press,
      type: async (text) => {
        for (const character of text) await press(character);
      }
    },
    mouse: {
      move: (x, y) => pointer(moveTo(x, y)),
      wheel: (deltaX, deltaY) => act([
        {
          type: "wheel",
          id: "wheel",
          actions: [{ type: "scroll", x: 300, y: 300, deltaX, deltaY, origin: "viewport", duration: 0 }]
        }
      ])
    },
    bringToFront: () => session.inTab(handle, async () => {
    }),
    close: async (_options) => {
      if (closed) return;
      closed = true;
      await session.closeTab(handle);
    }
  };
}

// test/support/engines/webkit-session.ts
import { remote } from "webdriverio";
async function openWebKitSession(driver) {
  const commands = await remote({
    hostname: "127.0.0.1",
    port: driver.port,
    path: "/",
    logLevel: "silent",
    connectionRetryTimeout: 12e4,
    capabilities: driver.capabilities
  });
  await commands.setTimeouts(void 0, 12e4, 12e4);
  const spare = await commands.getWindowHandle();
  let current = spare;
  let last = Promise.resolve();
  function inTab(handle, run) {
    const turn = last.then(async () => {
      if (handle !== current) await commands.switchToWindow(handle);
      current = handle;
      return run(commands);
    });
    last = turn.catch(() => {
    });
    return turn;
  }
  return {
    inTab,
    openTab: () => inTab(spare, async () => (await commands.createWindow("tab")).handle),
    closeTab: (handle) => inTab(handle, async () => {
      await commands.closeWindow();
      await commands.switchToWindow(spare);
      current = spare;
    }),
    cookies: () => inTab(current, () => commands.getAllCookies()),
    end: () => last.then(() => commands.deleteSession())
  };
}

// test/support/engines/webkit-browser.ts
function withClearErrors(name, parts) {
  return new Proxy(parts, {
    get(target, key) {
      if (key in target || typeof key === "symbol" || key === "then") return Reflect.get(target, key);
      throw new Error(`The driver of WebKitGTK has no ${name}.${key}: see docs/browsers.md.`);
    }
  });
}
async function openContext() {
  const driver = await startWebKitDriver();
  const session = await openWebKitSession(driver).catch(async (error) => {
    await driver[Symbol.asyncDispose]();
    throw error;
  });
  let pages = [];
  return {
    newPage: async () => {
      const page2 = withClearErrors("page", webkitPage(session, await session.openTab()));
      pages = [...pages, page2];
      return page2;
    },
    pages: () => pages.filter((page2) => !page2.isClosed()),
    cookies: () => session.cookies(),
    close: async () => {
      await session.end();
      await driver[Symbol.asyncDispose]();
    }
  };
}
function webkitBrowser() {
  const contexts = /* @__PURE__ */ new Set();
  return {
    newContext: async () => {
      const context = await openContext();
      contexts.add(context);
      const close = async () => {
        if (contexts.delete(context)) await context.close();
      };
      return withClearErrors("context", { ...context, close });
    },
    close: async () => {
      for (const context of contexts) await context.close();
    }
  };
}

// test/support/open-tracker-pages.ts
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

// scripts/entries.mjs
import { readFileSync } from "node:fs";
import { basename, join as join3, posix, resolve } from "node:path";
var root = resolve(import.meta.dirname, "..");
function publicEntries() {
  const { name, exports } = JSON.parse(readFileSync(join3(root, "package.json"), "utf8"));
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [];
    const file = basename(target.default, ".js");
    return [{ name: posix.join(name, path), file, source: join3(root, "src", `${file}.ts`) }];
  });
}

// test/support/serve.ts
import { createServer as createServer2 } from "node:http";
var types = { js: "text/javascript", html: "text/html", css: "text/css" };
async function serve(files, headers = {}) {
  const server2 = createServer2((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const body = files[path];
    if (body === void 0) {
      response.writeHead(404).end();
      return;
    }
    const extension = path.split(".").at(-1);
    response.writeHead(200, { "content-type": `${types[extension] ?? "text/html"}; charset=utf-8`, ...headers }).end(body);
  });
  await new Promise((resolve2) => server2.listen(0, "127.0.0.1", resolve2));
  const { port } = server2.address();
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server2.closeAllConnections();
      await new Promise((resolve2) => server2.close(resolve2));
    }
  };
}

// test/support/open-tracker-pages.ts
var html = (title, body = "") => `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
async function serveTrackerPage() {
  const bundled = await build({
    entryPoints: ["test/support/tracker-page.ts"],
    bundle: true,
    format: "esm",
    write: false,
    alias: Object.fromEntries(publicEntries().map(({ name, source }) => [name, source])),
    define: { "process.env.NODE_ENV": '"development"' }
  });
  const script = '<script type="module" src="/page.js"></script>';
  const framed = html("Framed", `<script>${bundled.outputFiles[0]?.text}</script>`).replaceAll('"', "&quot;");
  return serve({
    "/": html("Tracked", script),
    "/other": html("Other"),
    "/opaque": html("Opaque", `<iframe sandbox="allow-scripts" srcdoc="${framed}"></iframe>`),
    "/page.js": bundled.outputFiles[0]?.text ?? ""
  });
}

// ../../tmp/dbg.ts
var t0 = Date.now();
var log = (...a) => console.log(((Date.now() - t0) / 1e3).toFixed(1), ...a);
var server = await serveTrackerPage();
log("served");
var b = webkitBrowser();
var c = await b.newContext();
log("context");
var page = await c.newPage();
log("page");
await page.goto(server.url);
log("goto");
await page.waitForFunction(() => "rmc" in globalThis);
log("rmc");
log(await page.evaluate(() => ["demo_booked", "pricing_clicked"].map((name) => rmc.track(name).reason)));
log(await page.evaluate(async () => {
  await rmc.tracker.flush();
  return rmc.destination.events.length;
}));
await page.reload();
log("reload");
await page.waitForFunction(() => "rmc" in globalThis);
log(await page.evaluate(() => rmc.track("demo_booked").reason));
await page.goto(server.url + "other");
log("other");
for (let n = 1; n < 4; n++) {
  await page.goBack();
  log("back");
  await page.waitForFunction((n2) => globalThis.rmc?.restored === n2, n);
  log("restored");
  await page.goto(server.url + "other");
  log("other");
}
await c.close();
log("closed");
process.exit();
